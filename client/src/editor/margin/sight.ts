/**
 * The part of the page in which one sees the text: below the bar, above a sheet and the keyboard of a phone. What
 * somebody is led to is brought there.
 */
import type { EditorView } from "prosemirror-view"

/** CSS pixels above what is written: the bar and the row of tools. */
const ABOVE = 128
const BELOW = 24
/** Between a passage and whatever lies beside it. */
const AIR = 20

export class Sight {
  /** For the editor, which reads them whenever it follows the caret. */
  readonly margins = { top: ABOVE, bottom: BELOW, left: 0, right: 0 }
  private sheet: HTMLElement | null = null
  /** CSS pixels that the page is longer than its content. */
  private room = 0

  /**
   * A sheet lies over the lower end of the window now, or no longer. The page becomes so much longer that its last
   * line can be seen above; afterwards it stays where it is.
   */
  cover(sheet: HTMLElement | null): void {
    this.sheet = sheet
    const root = document.documentElement
    const covered = Math.round(innerHeight - this.bottom)
    const content = root.scrollHeight - this.room
    this.room = sheet ? covered : Math.max(0, Math.ceil(scrollY + innerHeight - content))
    this.margins.bottom = BELOW + covered
    root.style.setProperty("--ke-room", `${this.room}px`)
    root.style.scrollPaddingBlockEnd = sheet ? `${covered}px` : ""
  }

  /** Does nothing where all of it can be seen already; of a passage that is too long one sees the beginning. */
  bring(view: EditorView, from: number, to: number): void {
    if (view.isDestroyed || !view.dom.getClientRects?.().length) return
    const last = view.state.doc.content.size
    const start = view.coordsAtPos(Math.min(from, last)).top
    const end = view.coordsAtPos(Math.min(to, last), -1).bottom
    const top = this.top + AIR
    const bottom = this.bottom - AIR
    if (start >= top && end <= bottom) return
    scrollBy({ top: start - top - Math.max(0, (bottom - top - (end - start)) / 2), behavior: "instant" })
  }

  /** Within the window. */
  private get top(): number {
    return Math.max(0, document.querySelector(".ke-top")?.getBoundingClientRect().bottom ?? 0)
  }

  private get bottom(): number {
    return this.sheet?.getBoundingClientRect().top ?? innerHeight
  }
}
