/**
 * Where a thread's passage stands: the letters that carry the mark `comment:KEY`, wherever they have gone. The
 * mark is written past the editor and its undo history, since taking back a word is not taking back a remark.
 */
import type { Node } from "prosemirror-model"
import type * as Y from "yjs"
import { toIndex } from "../text/positions"
import { type IdMarkAttrs, schema } from "../text/schema"

/** Positions of the document, from the first marked letter to the last. */
export interface Passage {
  from: number
  to: number
}

/** Origin of the transactions that write marks. */
const COMMENTING = "commenting"

type Ranges = ReadonlyMap<string, readonly Passage[]>
const NONE: Ranges = new Map()

/** Finds the marks of a document; blocks that have been looked at are not looked at again. */
export class Passages {
  private readonly known = new WeakMap<Node, Ranges>()

  /** Every stretch of every thread, in the order of the text. */
  all(doc: Node): Map<string, Passage[]> {
    const found = new Map<string, Passage[]>()
    doc.forEach((block, offset) => {
      for (const [key, ranges] of this.inBlock(block)) {
        const moved = ranges.map(({ from, to }) => ({ from: from + offset + 1, to: to + offset + 1 }))
        found.set(key, [...(found.get(key) ?? []), ...moved])
      }
    })
    return found
  }

  private inBlock(block: Node): Ranges {
    const known = this.known.get(block)
    if (known) return known
    let found: Map<string, Passage[]> | null = null
    block.forEach((inline, offset) => {
      for (const key of commentKeys(inline)) {
        found ??= new Map()
        const ranges = found.get(key) ?? []
        const last = ranges.at(-1)
        if (last?.to === offset) last.to = offset + inline.nodeSize
        else ranges.push({ from: offset, to: offset + inline.nodeSize })
        found.set(key, ranges)
      }
    })
    this.known.set(block, found ?? NONE)
    return found ?? NONE
  }
}

/** Keys of the comments that lie on an inline node. */
export function commentKeys({ marks }: Node): string[] {
  return marks
    .filter(({ type }) => type === schema.marks.comment)
    .map(({ attrs }) => String((attrs as IdMarkAttrs).id))
}

/** From the first stretch to the last of those in one go; stretches far away are a copy or a part that was moved. */
export function whole(ranges: readonly Passage[]): Passage | null {
  const [first] = ranges
  return first ? { from: first.from, to: (ranges.at(-1) ?? first).to } : null
}

/** Puts the mark on a stretch of the document, which is the projection of the text. */
export function markPassage(ytext: Y.Text, doc: Node, { from, to }: Passage, key: string): void {
  const [start, end] = [toIndex(doc, from), Math.min(toIndex(doc, to), ytext.length)]
  if (end <= start) return
  const marked = { retain: end - start, attributes: { [`comment:${key}`]: true } }
  ytext.doc?.transact(() => ytext.applyDelta([...(start ? [{ retain: start }] : []), marked]), COMMENTING)
}

/** What one comments on: the selection, or without one the block that holds the caret. Null: there are no words. */
export function chosenPassage(doc: Node, selection: { from: number; to: number }): Passage | null {
  let { from, to } = selection
  if (from === to) {
    const $at = doc.resolve(from)
    if (!$at.depth) return null
    from = $at.start(1)
    to = $at.end(1)
  }
  return wordsOf(doc, { from, to }).trim() ? { from, to } : null
}

/** The words of a passage as people read them. */
export function wordsOf(doc: Node, { from, to }: Passage): string {
  return doc.textBetween(from, to, "\n", " ")
}

/** The first place where these words stand; for a passage whose mark is gone. */
export function placeOfWords(doc: Node, quote: string): Passage | null {
  const words = quote.replace(/…$/, "")
  if (words.length < 4) return null
  let found: Passage | null = null
  doc.forEach((block, offset) => {
    const at = found ? -1 : block.textContent.indexOf(words)
    if (at >= 0) found = { from: offset + 1 + at, to: offset + 1 + at + words.length }
  })
  return found
}
