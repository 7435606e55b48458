import type { EditorView } from "prosemirror-view"

/**
 * The browser tells of a new selection some time after it moved the caret. Whatever works at the selection or
 * draws it anew before that would take the old place. The editor's observer compares and does nothing when both
 * are equal.
 */
export function readSelection(view: EditorView): void {
  const { domObserver } = view as unknown as { domObserver?: { flush(): void } }
  domObserver?.flush()
}
