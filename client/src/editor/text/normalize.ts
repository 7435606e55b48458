/**
 * Line feeds, carriage returns and U+2028 must not stay inside a text node: in the Y.Text they mean a
 * block's end and a hard break. Whatever brings them in (paste, dictation, an extension) is put right.
 */
import type { Node } from "prosemirror-model"
import { Plugin, type Transaction } from "prosemirror-state"
import { BREAK } from "./codec"
import { schema } from "./schema"
import { isRemote } from "./transactions"

const STRAY = /[\n\r\u2028]/

export function normalizePlugin(): Plugin {
  return new Plugin({
    appendTransaction: (transactions, old, state) => {
      if (!transactions.some((tr) => tr.docChanged && !isRemote(tr))) return null
      const tr = state.tr
      for (const { unit, pos } of strays(old.doc, tr.doc).reverse()) replace(tr, unit, pos)
      return tr.docChanged ? tr : null
    },
  })
}

/** Only in blocks that are new: whatever else is there has been looked at. */
function strays(before: Node, doc: Node): { unit: string; pos: number }[] {
  const known = new Set(before.children)
  const found: { unit: string; pos: number }[] = []
  doc.descendants((node, pos) => {
    const text = node.text ?? ""
    if (STRAY.test(text)) {
      for (let i = 0; i < text.length; i++) {
        const unit = text.charAt(i)
        if (STRAY.test(unit)) found.push({ unit, pos: pos + i })
      }
    }
    return !known.has(node)
  })
  return found
}

function replace(tr: Transaction, unit: string, pos: number): void {
  const marks = tr.doc.nodeAt(pos)?.marks
  if (unit === BREAK) tr.replaceWith(pos, pos + 1, schema.node("hard_break", null, undefined, marks))
  else tr.delete(pos, pos + 1)
  if (unit === "\n") tr.split(pos)
}
