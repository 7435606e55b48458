/**
 * Where lines begin on the screen, in CSS pixels. Asking the browser for one letter's place is dear where it is asked
 * for hundreds; within a block that has not changed it is asked once for each width of the text.
 */
import type { Node } from "prosemirror-model"
import type { EditorView } from "prosemirror-view"
import { blockAt, blockStarts } from "../text/positions"

export class LineTops {
  /** By block and place within it: below the block's upper edge. */
  private known = new WeakMap<Node, Map<number, number>>()
  private width = 0

  constructor(private readonly view: EditorView) {
    // Other letters are as wide as they like.
    void document.fonts?.ready.then(() => this.forget())
  }

  /** For one document that is on the screen now: the top of the line that holds a position, within the window. */
  measure(doc: Node): (pos: number) => number {
    const width = this.view.dom.clientWidth
    if (width !== this.width) this.forget()
    this.width = width
    const starts = blockStarts(doc)
    const tops = new Map<number, number>()
    return (pos) => {
      const k = blockAt(doc, pos)
      const start = starts[k] ?? 0
      const dom = this.view.nodeDOM(start)
      if (!(dom instanceof HTMLElement)) return this.view.coordsAtPos(pos).top
      const top = tops.get(k) ?? dom.getBoundingClientRect().top
      tops.set(k, top)
      return top + this.within(doc.child(k), pos - start, () => this.view.coordsAtPos(pos).top - top)
    }
  }

  private within(block: Node, at: number, ask: () => number): number {
    const places = this.known.get(block) ?? new Map<number, number>()
    this.known.set(block, places)
    const found = places.get(at) ?? ask()
    places.set(at, found)
    return found
  }

  private forget(): void {
    this.known = new WeakMap()
  }
}
