/**
 * A local step as a Delta on the Y.Text.
 *
 * Only the blocks around the step are looked at. Which of two line feeds is inserted or deleted decides
 * whose kind survives when others change the same blocks at the same time; the rules stand in
 * `placeLineFeeds`.
 */
import type { Node } from "prosemirror-model"
import type { Step } from "prosemirror-transform"
import { BLOCK, type Change, diffAttrs, newAttrs, ownAttrs } from "../text/codec"
import { type Flat, flatten, toIndex } from "../text/positions"
import type { Values } from "../text/schema"
import { DeltaWriter, type Op } from "./delta-writer"
import { type Hunk, isEmpty, trim } from "./hunks"

/** The Delta of one step; without a step, of the difference between the two documents. */
export function stepDelta(step: Step | null, before: Node, after: Node): Op[] {
  const range = step && touchedRange(step)
  const head = range ? Math.max(0, before.resolve(range.from).index(0) - 1) : 0
  const tail = range ? Math.max(0, before.childCount - before.resolve(range.to).index(0) - 2) : 0
  let base = 0
  for (let k = 0; k < head; k++) base += before.child(k).nodeSize - 1
  const old = flatten(before, head, before.childCount - tail)
  const now = flatten(after, head, after.childCount - tail)
  const raw = step && range ? stepHunks(step, before, after, base) : [whole(old, now)]
  const hunks = raw
    .map((hunk) => trim(old.text, now.text, hunk))
    .filter((hunk) => !isEmpty(hunk))
    .flatMap((hunk) => placeLineFeeds(old, now, hunk))
  return buildDelta(base, old, now, hunks)
}

/** Replace and mark steps have from and to, attribute steps a position; others are compared as a whole. */
function touchedRange(step: Step): { from: number; to: number } | null {
  const { from, to, pos } = step as unknown as { from?: number; to?: number; pos?: number }
  const start = from ?? pos
  const end = to ?? pos
  return start === undefined || end === undefined ? null : { from: start, to: end }
}

function whole(old: Flat, now: Flat): Hunk {
  return { oldFrom: 0, oldTo: old.text.length, newFrom: 0, newTo: now.text.length }
}

function stepHunks(step: Step, before: Node, after: Node, base: number): Hunk[] {
  const hunks: Hunk[] = []
  step.getMap().forEach((oldFrom, oldTo, newFrom, newTo) => {
    hunks.push({
      oldFrom: toIndex(before, oldFrom) - base,
      oldTo: toIndex(before, oldTo) - base,
      newFrom: toIndex(after, newFrom) - base,
      newTo: toIndex(after, newTo) - base,
    })
  })
  return hunks
}

/** Which of several line feeds is kept decides whose kind survives a concurrent change. */
function placeLineFeeds(old: Flat, now: Flat, hunk: Hunk): Hunk[] {
  const { oldFrom, oldTo, newFrom, newTo } = hunk
  if (old.text[oldTo] !== "\n") return [hunk]
  const put = now.text.slice(newFrom, newTo).indexOf("\n")
  const cut = old.text.slice(oldFrom, oldTo).indexOf("\n")
  if (put >= 0 && cut < 0) return afterOldLineFeed(hunk, put)
  const kept = kindAt(now, newTo)
  if (cut >= 0 && put < 0 && kindAt(old, oldTo) !== kept && kindAt(old, oldFrom + cut) === kept) {
    return keepEarlierLineFeed(hunk, cut)
  }
  return [hunk]
}

/** Split or paste at a block's end: the old line feed stays with the old block, new ones come after it. */
function afterOldLineFeed({ oldFrom, oldTo, newFrom, newTo }: Hunk, put: number): Hunk[] {
  return [
    { oldFrom, oldTo, newFrom, newTo: newFrom + put },
    { oldFrom: oldTo + 1, oldTo: oldTo + 1, newFrom: newFrom + put + 1, newTo: newTo + 1 },
  ]
}

/** Deletion up to a block's end: the line feed that already has the right kind stays. */
function keepEarlierLineFeed({ oldFrom, oldTo, newFrom, newTo }: Hunk, cut: number): Hunk[] {
  return [
    { oldFrom, oldTo: oldFrom + cut, newFrom, newTo },
    { oldFrom: oldFrom + cut + 1, oldTo: oldTo + 1, newFrom: newTo + 1, newTo: newTo + 1 },
  ]
}

function kindAt(flat: Flat, index: number): unknown {
  return flat.at[index]?.[BLOCK]
}

const NO_ATTRS: Values = {}

/**
 * What a step may change. Keys of proposals and comments are never changed by what the editor's document says of
 * letters that are there: a word that the browser composed has lost them, a split copies and a join drops those of
 * a line feed. Whoever decides about a proposal writes that themselves.
 */
function written(flat: Flat, index: number): Values {
  const attrs = flat.at[index] ?? NO_ATTRS
  return flat.text[index] === "\n" ? { [BLOCK]: attrs[BLOCK] ?? "paragraph:0" } : ownAttrs(attrs)
}

/** What new letters are written with. Those within a passage, or cut out of it and pasted, belong to its comments. */
function brought(flat: Flat, index: number): Values {
  return flat.text[index] === "\n" ? written(flat, index) : newAttrs(flat.at[index] ?? NO_ATTRS)
}

/** The Delta that turns `old` into `now`, which start `base` units behind the text's start. */
function buildDelta(base: number, old: Flat, now: Flat, hunks: Hunk[]): Op[] {
  const delta = new DeltaWriter()
  delta.retain(base, null)
  let i = 0
  let j = 0
  for (const hunk of [...hunks, end(old, now)]) {
    for (; i < hunk.oldFrom; i++, j++) delta.retain(1, changeBetween(old, i, now, j))
    for (; j < hunk.newTo; j++) delta.insert(now.text.charAt(j), brought(now, j))
    delta.delete(hunk.oldTo - hunk.oldFrom)
    i = hunk.oldTo
  }
  return delta.finish()
}

function end(old: Flat, now: Flat): Hunk {
  const [o, n] = [old.text.length, now.text.length]
  return { oldFrom: o, oldTo: o, newFrom: n, newTo: n }
}

function changeBetween(old: Flat, i: number, now: Flat, j: number): Change | null {
  return old.at[i] === now.at[j] ? null : diffAttrs(written(old, i), written(now, j))
}
