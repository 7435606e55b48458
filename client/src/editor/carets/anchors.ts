/**
 * Places in the text that stay with their neighbours while others write: carets, selections, comments.
 * `assoc` says to which side a place belongs: 0 to the character that follows, -1 to the one before.
 */
import type { Node } from "prosemirror-model"
import * as Y from "yjs"
import { toIndex, toPos } from "../text/positions"

export interface Anchors {
  anchor: Y.RelativePosition
  head: Y.RelativePosition
}

export function toRelative(ytext: Y.Text, doc: Node, pos: number, assoc = 0): Y.RelativePosition {
  const index = Math.min(toIndex(doc, pos), ytext.length)
  return Y.createRelativePositionFromTypeIndex(ytext, index, assoc)
}

/** The position in `doc`, which must be the projection of the text as it is now; null if the place is unknown. */
export function toAbsolute(ytext: Y.Text, doc: Node, relative: Y.RelativePosition): number | null {
  if (!ytext.doc) return null
  const found = Y.createAbsolutePositionFromRelativePosition(relative, ytext.doc)
  return found && found.type === ytext ? toPos(doc, found.index) : null
}

export function anchorsOf(ytext: Y.Text, doc: Node, selection: { anchor: number; head: number }): Anchors {
  return { anchor: toRelative(ytext, doc, selection.anchor), head: toRelative(ytext, doc, selection.head) }
}
