/**
 * Caret and selection under remote edits: neither grows. The caret stays behind the character typed last,
 * so that two people who write at one spot do not mix their letters.
 */
import { type EditorState, TextSelection, type Transaction } from "prosemirror-state"

export function keepSelection(tr: Transaction, state: EditorState): void {
  const { selection } = state
  if (!(selection instanceof TextSelection)) return
  const from = tr.mapping.map(selection.from, selection.empty ? -1 : 1)
  const to = selection.empty ? from : Math.max(from, tr.mapping.map(selection.to, -1))
  const forward = selection.anchor <= selection.head
  const [anchor, head] = forward ? [from, to] : [to, from]
  const kept = TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head))
  if (!kept.eq(tr.selection)) tr.setSelection(kept)
}
