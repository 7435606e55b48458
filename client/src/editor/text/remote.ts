/**
 * A Delta from elsewhere as steps of the editor, as few and as small as possible: whoever works on an
 * untouched block keeps caret, selection and decorations.
 *
 * Where something changed comes from the Y event, what stands there now from the projection; the final
 * comparison proves that both agree.
 */
import { type Node, Slice } from "prosemirror-model"
import type { Transaction } from "prosemirror-state"
import { ReplaceStep } from "prosemirror-transform"
import type { Op } from "../deltas/delta-writer"
import { type Hunk, isEmpty, trim } from "../deltas/hunks"
import { blockEdge, blockText, flatLength, flatText, toPos } from "./positions"
import type { Reuse } from "./projection"
import { fixBlock } from "./remote-marks"

/** Counts how often the whole document had to be replaced; stays 0 unless something is wrong. */
export interface RemoteStats {
  fallback: number
}

/** Adds the steps that turn `tr.doc` into `next`. Without a Delta, everything is compared. */
export function applyRemote(
  tr: Transaction,
  next: Node,
  delta: readonly Op[] | null,
  stats: RemoteStats,
): void {
  const hunks = delta ? deltaHunks(delta, flatLength(tr.doc), flatLength(next)) : [everything(tr.doc, next)]
  replaceHunks(tr, next, hunks)
  if (!fixAttributes(tr, next)) replaceAll(tr, next, stats)
}

/** How many blocks at both ends the Delta cannot have changed. */
export function untouched(doc: Node, delta: readonly Op[]): Reuse {
  let at = 0
  let low = -1
  let high = 0
  for (const op of delta) {
    const changes = !op.retain || op.attributes !== undefined
    if (low < 0 && changes) low = at
    at += op.retain ?? op.delete ?? 0
    if (changes) high = at
  }
  const last = flatLength(doc) - 1
  const block = (index: number) => doc.resolve(toPos(doc, Math.min(index, last))).index(0)
  return { doc, head: Math.max(0, block(low) - 1), tail: Math.max(0, doc.childCount - block(high) - 2) }
}

function everything(old: Node, next: Node): Hunk {
  return { oldFrom: 0, oldTo: flatLength(old), newFrom: 0, newTo: flatLength(next) }
}

function deltaHunks(delta: readonly Op[], oldLength: number, newLength: number): Hunk[] {
  const hunks: Hunk[] = []
  let i = 0
  let j = 0
  for (const op of delta) {
    const cut = op.retain ?? op.delete ?? 0
    const put = op.retain ?? op.insert?.length ?? 0
    if (!op.retain) addHunk(hunks, { oldFrom: i, oldTo: i + cut, newFrom: j, newTo: j + put })
    i += cut
    j += put
  }
  if (oldLength - newLength !== i - j) coverVirtualLineFeed(hunks, oldLength, newLength, i + newLength - j)
  return hunks
}

function addHunk(hunks: Hunk[], hunk: Hunk): void {
  const last = hunks.at(-1)
  if (last && last.oldTo === hunk.oldFrom && last.newTo === hunk.newFrom) {
    last.oldTo = hunk.oldTo
    last.newTo = hunk.newTo
  } else hunks.push(hunk)
}

/** One of the two texts lacks its final line feed, which the projection supplies: the last hunk takes it in. */
function coverVirtualLineFeed(hunks: Hunk[], oldLength: number, newLength: number, oldRest: number): void {
  const last = hunks.at(-1)
  if (last && (last.oldTo === oldLength || last.newTo === newLength)) {
    last.oldTo = oldLength
    last.newTo = newLength
    return
  }
  const oldFrom = Math.min(oldLength, oldRest)
  hunks.push({ oldFrom, oldTo: oldLength, newFrom: newLength, newTo: newLength })
}

function replaceHunks(tr: Transaction, next: Node, hunks: readonly Hunk[]): void {
  if (!hunks.length) return
  const now = flatText(next)
  let old = flatText(tr.doc)
  for (const raw of hunks) {
    const shift = raw.newFrom - raw.oldFrom // everything before this hunk is already new
    if (tr.docChanged) old = flatText(tr.doc)
    const moved = { ...raw, oldFrom: raw.oldFrom + shift, oldTo: raw.oldTo + shift }
    const hunk = trim(old, now, moved)
    if (!isEmpty(hunk)) tr.step(replaceStep(tr.doc, next, hunk, isWholeBlocks(old, now, hunk)))
  }
}

function isWholeBlocks(old: string, now: string, { oldFrom, oldTo, newFrom, newTo }: Hunk): boolean {
  const startsBlock = oldFrom === 0 || old[oldFrom - 1] === "\n"
  const wholeOld = oldTo === oldFrom || old[oldTo - 1] === "\n"
  const wholeNew = newTo === newFrom || now[newTo - 1] === "\n"
  return startsBlock && wholeOld && wholeNew
}

/** Whole blocks are cut between blocks, so that no block around them is touched. */
function replaceStep(doc: Node, next: Node, hunk: Hunk, wholeBlocks: boolean): ReplaceStep {
  const at = wholeBlocks ? blockEdge : toPos
  const slice = next.slice(at(next, hunk.newFrom), at(next, hunk.newTo))
  return new ReplaceStep(at(doc, hunk.oldFrom), at(doc, hunk.oldTo), slice)
}

/** Compares block by block; false when a text differs, which means that the hunks were wrong. */
function fixAttributes(tr: Transaction, next: Node): boolean {
  let pos = 0
  for (let k = 0; k < next.childCount; k++) {
    const want = next.child(k)
    const have = tr.doc.maybeChild(k)
    if (have !== want) {
      if (!have || (!have.eq(want) && blockText(have) !== blockText(want))) return false
      if (!have.eq(want)) fixBlock(tr, pos, have, want)
    }
    pos += want.nodeSize
  }
  return tr.doc.childCount === next.childCount
}

function replaceAll(tr: Transaction, next: Node, stats: RemoteStats): void {
  stats.fallback++
  if (tr.doc.content.findDiffStart(next.content) === null) return
  tr.replace(0, tr.doc.content.size, new Slice(next.content, 0, 0))
}
