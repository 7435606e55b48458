/**
 * Line feeds, carriage returns and U+2028 must not stay inside a text node: in the Y.Text they mean a
 * block's end and a hard break. Nor may letters that nobody sees come in: the server refuses them. Whatever
 * brings them (paste, dictation, an extension) is put right.
 */
import type { Mark, Node } from "prosemirror-model"
import { Plugin, type Transaction } from "prosemirror-state"
import { Mapping } from "prosemirror-transform"
import { BREAK } from "./codec"
import { schema } from "./schema"
import { isRemote } from "./transactions"
import { insteadOf, isUnseen } from "./unseen"

const STRAY = /[\n\r\u2028]/
const SEPARATOR = "\u2029"

interface Range {
  from: number
  to: number
}

interface Stray {
  unit: string
  pos: number
}

export function normalizePlugin(): Plugin {
  return new Plugin({
    appendTransaction: (transactions, old, state) => {
      if (!transactions.some((tr) => tr.docChanged && !isRemote(tr))) return null
      const tr = state.tr
      for (const { unit, pos } of strays(old.doc, tr.doc, insertedBy(transactions)).reverse())
        replace(tr, unit, pos)
      return tr.docChanged ? tr : null
    },
  })
}

/** What is new in the last document. */
function insertedBy(transactions: readonly Transaction[]): Range[] {
  const maps = transactions.flatMap(({ mapping }) => mapping.maps)
  return maps.flatMap((map, n) => {
    const after = new Mapping(maps.slice(n + 1))
    const ranges: Range[] = []
    map.forEach((_from, _to, from, to) => {
      if (to > from) ranges.push({ from: after.map(from, 1), to: after.map(to, -1) })
    })
    return ranges
  })
}

/** Only in blocks that are new: whatever else is there has been looked at. Unseen letters that stood there
 * before stay: the coordination has a button for them. */
function strays(before: Node, doc: Node, inserted: readonly Range[]): Stray[] {
  const known = new Set(before.children)
  const found: Stray[] = []
  const isNew = (pos: number): boolean => inserted.some(({ from, to }) => from <= pos && pos < to)
  doc.descendants((node, start) => {
    const text = node.text ?? ""
    if (mayHold(text)) {
      for (let i = 0; i < text.length; i++) {
        const unit = text.charAt(i)
        const pos = start + i
        if (STRAY.test(unit) || (isUnseen(unit) && isNew(pos))) found.push({ unit, pos })
      }
    }
    return !known.has(node)
  })
  return found
}

function mayHold(text: string): boolean {
  return STRAY.test(text) || isUnseen(text)
}

function replace(tr: Transaction, unit: string, pos: number): void {
  const marks = tr.doc.nodeAt(pos)?.marks
  const instead = unit === BREAK ? BREAK : insteadOf(unit)
  if (instead) tr.replaceWith(pos, pos + 1, nodeOf(instead, marks))
  else tr.delete(pos, pos + 1)
  if (unit === "\n" || unit === SEPARATOR) tr.split(pos)
}

function nodeOf(unit: string, marks: readonly Mark[] | undefined): Node {
  return unit === BREAK ? schema.node("hard_break", null, undefined, marks) : schema.text(unit, marks)
}
