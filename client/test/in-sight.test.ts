import type { EditorView } from "prosemirror-view"
import { expect, test, vi } from "vitest"
import { keepCaretInSight } from "../src/editor/carets/in-sight"

test("however many changes come before a picture, the page is laid out for the caret once", () => {
  const frames: (() => void)[] = []
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run))
  const keep = keepCaretInSight()
  let scrolled = 0
  const view = {
    isDestroyed: false,
    scrollToSelection() {
      if (!keep(view as unknown as EditorView)) scrolled++ // as the editor asks before it does it itself
    },
  }
  for (let key = 0; key < 3; key++) view.scrollToSelection()
  expect([scrolled, frames.length]).toEqual([0, 1])
  frames[0]?.()
  expect(scrolled).toBe(1)
  view.scrollToSelection()
  expect([scrolled, frames.length]).toEqual([1, 2])
  view.isDestroyed = true
  frames[1]?.()
  expect(scrolled).toBe(1)
  vi.unstubAllGlobals()
})
