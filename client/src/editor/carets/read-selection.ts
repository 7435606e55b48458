/** The browser tells of a new selection some time after it moved the caret; until then the editor has the old one. */
import type { EditorState, Transaction } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"

/** Of ProseMirror's observer, which compares what the page shows with what it knows. */
interface Observer {
  flush(): void
  flushSoon(): void
  /** Changes of the page that have not been read yet. */
  pendingRecords(): readonly unknown[]
}

interface Host {
  readonly state: EditorState
  readonly composing?: boolean
}

/** For a key that works at the selection: letters that the page already shows are read too. */
export function readSelection(view: EditorView): void {
  observerOf(view)?.flush()
}

/**
 * Before something from elsewhere is shown: the editor draws its own selection with it, and would put the caret
 * back. Not while letters wait to be read: they could not be written in the midst of an update.
 */
export function readCaret(host: Host): void {
  const observer = observerOf(host)
  if (!observer || host.composing) return
  if (observer.pendingRecords().length) observer.flushSoon()
  else observer.flush()
}

/** `tr`, which changes neither text nor selection, at the caret as the browser has it by now. */
export function drawnAtCaret(tr: Transaction, host: Host): Transaction {
  if (tr.docChanged || tr.selectionSet || tr.storedMarksSet) return tr
  const before = host.state.selection
  readCaret(host)
  const { selection } = host.state
  return selection.eq(before) ? tr : tr.setSelection(selection)
}

function observerOf(host: object): Observer | undefined {
  return (host as { domObserver?: Observer }).domObserver
}
