/**
 * Two ways to count one text: ProseMirror positions (every block has two edges) and indices of the Y.Text
 * (UTF-16 units, one line feed for each block).
 */
import type { Node } from "prosemirror-model"
import { BREAK, encodeBlock, encodeMarks } from "./codec"
import type { Values } from "./schema"

/** Index in the Y.Text of the character that follows the position. */
export function toIndex(doc: Node, pos: number): number {
  const $pos = doc.resolve(pos)
  return pos - $pos.index(0) - $pos.depth
}

/** Position inside a block, before the character with that index. */
export function toPos(doc: Node, index: number): number {
  const starts = blockStarts(doc)
  const k = lastAtMost(starts, index, (start, k) => start - k) // each block before has one edge more
  const start = starts[k] ?? 0
  const block = doc.child(k)
  if (index - (start - k) > block.content.size) return doc.content.size - 1
  return start + 1 + Math.max(0, index - (start - k))
}

/** Index of the block that holds a position. */
export function blockAt(doc: Node, pos: number): number {
  return lastAtMost(blockStarts(doc), pos, (start) => start)
}

const known = new WeakMap<Node, readonly number[]>()

/** Positions before each block. */
export function blockStarts(doc: Node): readonly number[] {
  const before = known.get(doc)
  if (before) return before
  const starts: number[] = []
  doc.forEach((_block, offset) => {
    starts.push(offset)
  })
  known.set(doc, starts)
  return starts
}

/** Index of the last whose value is not above `wanted`; 0 where there is none. */
function lastAtMost(
  starts: readonly number[],
  wanted: number,
  value: (start: number, k: number) => number,
): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (value(starts[middle] ?? 0, middle) <= wanted) low = middle
    else high = middle - 1
  }
  return low
}

/** Position between blocks: before the block that starts at that index (or at the document's end). */
export function blockEdge(doc: Node, index: number): number {
  let pos = 0
  let at = 0
  for (let k = 0; k < doc.childCount && at < index; k++) {
    at += doc.child(k).nodeSize - 1
    pos += doc.child(k).nodeSize
  }
  return pos
}

/** Length of the document as a Y.Text, the last line feed counted. */
export function flatLength(doc: Node): number {
  return doc.content.size - doc.childCount
}

/** The sequence that the Y.Text holds: `at` has the attributes of each UTF-16 unit of `text`. */
export interface Flat {
  text: string
  at: Values[]
}

/** The blocks `from` to `to` (exclusive) as the Y.Text holds them. */
export function flatten(doc: Node, from = 0, to = doc.childCount): Flat {
  const flat: Flat = { text: "", at: [] }
  for (let k = from; k < to; k++) {
    const block = doc.child(k)
    block.forEach((inline) => {
      append(flat, inline.text ?? BREAK, encodeMarks(inline.marks))
    })
    append(flat, "\n", encodeBlock(block))
  }
  return flat
}

/** Some blocks of a document as the Y.Text holds them, beginning `base` units behind its start. */
export interface Excerpt extends Flat {
  base: number
}

/** The blocks that hold the indices `from` to `to`. */
export function excerpt(doc: Node, from: number, to: number): Excerpt {
  let base = 0
  let first = 0
  for (; first < doc.childCount - 1 && base + doc.child(first).nodeSize - 1 <= from; first++) {
    base += doc.child(first).nodeSize - 1
  }
  let last = first
  for (let at = base; last < doc.childCount && at <= to; last++) at += doc.child(last).nodeSize - 1
  return { base, ...flatten(doc, first, last) }
}

function append(flat: Flat, text: string, attrs: Values): void {
  flat.text += text
  for (let i = 0; i < text.length; i++) flat.at.push(attrs)
}

export function blockText(block: Node): string {
  let text = ""
  for (let i = 0; i < block.childCount; i++) text += block.child(i).text ?? BREAK
  return text
}

export function flatText(doc: Node): string {
  let text = ""
  for (let k = 0; k < doc.childCount; k++) text += `${blockText(doc.child(k))}\n`
  return text
}
