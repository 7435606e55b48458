import type { EditorView } from "prosemirror-view"

/**
 * For the editor's `handleScrollToSelection`. Every key asks for the caret to be in sight, and to find out where it
 * is the browser must lay the page out at once. It does so before each picture anyway: then it costs nothing.
 */
export function keepCaretInSight(): (view: EditorView) => boolean {
  let waiting = false
  let now = false
  return (view) => {
    if (now) return false
    if (!waiting) {
      waiting = true
      requestAnimationFrame(() => {
        waiting = false
        now = true
        if (!view.isDestroyed) scrollToSelection(view)
        now = false
      })
    }
    return true
  }
}

/** What the editor itself does after a change; its types leave it out. */
function scrollToSelection(view: EditorView): void {
  ;(view as unknown as { scrollToSelection(): void }).scrollToSelection()
}
