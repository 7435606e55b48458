/**
 * Undo and redo of one's own edits only: whatever comes from the wire, the server or Yjs itself (clean-up,
 * origin null) has another origin than the binding and is not recorded.
 */
import { TextSelection } from "prosemirror-state"
import * as Y from "yjs"
import { type Anchors, toAbsolute } from "../carets/anchors"
import { keepCarets } from "../carets/kept-carets"
import { RestoredTwice } from "../doubles/restored-twice"
import type { YTextBinding } from "./binding"
import { UndoCuts } from "./undo-cuts"

/** Edits within this time (milliseconds) are undone together. */
const CAPTURE_TIMEOUT = 500

interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> }
}

export class UndoHistory {
  readonly manager: Y.UndoManager
  readonly restoredTwice: RestoredTwice

  constructor(
    private readonly binding: YTextBinding,
    captureTimeout = CAPTURE_TIMEOUT,
  ) {
    this.manager = new Y.UndoManager(binding.ytext, { trackedOrigins: new Set([binding]), captureTimeout })
    this.restoredTwice = new RestoredTwice(binding.ytext, this.manager, (twins, remove) =>
      keepCarets(binding, twins, remove),
    )
    const cuts = new UndoCuts()
    binding.beforeEdit = (delta) => {
      if (cuts.before(delta)) this.manager.stopCapturing()
    }
    this.manager.on("stack-item-added", ({ stackItem }: StackEvent) => {
      stackItem.meta.set(this, this.binding.selectionBefore)
    })
    this.manager.on("stack-item-popped", ({ stackItem }: StackEvent) => {
      this.restore(stackItem.meta.get(this) as Anchors | null | undefined)
    })
  }

  get canUndo(): boolean {
    return this.manager.undoStack.length > 0
  }

  get canRedo(): boolean {
    return this.manager.redoStack.length > 0
  }

  /** False when there is nothing to undo. What is typed next is never joined with what was undone. */
  readonly undo = (): boolean => {
    this.manager.stopCapturing()
    return this.restoredTwice.after(() => this.manager.undo()) !== null
  }

  readonly redo = (): boolean => this.restoredTwice.after(() => this.manager.redo()) !== null

  destroy(): void {
    this.binding.beforeEdit = null
    this.restoredTwice.destroy()
    this.manager.destroy()
  }

  private restore(anchors: Anchors | null | undefined): void {
    const state = this.binding.state
    if (!anchors || !state) return
    const { ytext, doc } = this.binding
    const anchor = toAbsolute(ytext, doc, anchors.anchor)
    const head = toAbsolute(ytext, doc, anchors.head)
    if (anchor === null || head === null) return
    this.binding.dispatch(
      state.tr.setSelection(TextSelection.create(state.doc, anchor, head)).scrollIntoView(),
    )
  }
}
