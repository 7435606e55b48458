/** What keys and toolbar do to blocks. */
import { splitBlockAs } from "prosemirror-commands"
import type { Node } from "prosemirror-model"
import { type Command, type EditorState, TextSelection, type Transaction } from "prosemirror-state"
import { type BlockAttrs, blockAttrs, isLevel, type Kind, LEVELS, schema } from "../text/schema"

interface Place {
  block: Node
  pos: number
}

/** The blocks that the selection touches. */
export function selectedBlocks(state: EditorState): Place[] {
  const places: Place[] = []
  const { from, to } = state.selection
  state.doc.nodesBetween(from, to, (block, pos) => {
    if (block.isTextblock) places.push({ block, pos })
    return false
  })
  return places
}

type KindAndLevel = Pick<BlockAttrs, "kind" | "level">

function change(tr: Transaction, { block, pos }: Place, to: KindAndLevel): void {
  const { kind, level, sug } = blockAttrs(block)
  if (kind !== to.kind || level !== to.level) tr.setNodeMarkup(pos, null, { ...to, sug })
}

export function setKind(kind: Kind, level: number = LEVELS[kind][0]): Command {
  return (state, dispatch) => {
    const tr = state.tr
    for (const place of selectedBlocks(state)) change(tr, place, { kind, level })
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

/** One level down (1) or up (-1) for the clauses and bullets of the selection; false where there are none. */
export function shiftLevel(by: 1 | -1): Command {
  return (state, dispatch) => {
    const items = selectedBlocks(state).filter(({ block }) => hasDepth(blockAttrs(block).kind))
    if (!items.length) return false
    const tr = state.tr
    for (const place of items) {
      const { kind, level } = blockAttrs(place.block)
      if (isLevel(kind, level + by)) change(tr, place, { kind, level: level + by })
    }
    if (tr.docChanged) dispatch?.(tr.scrollIntoView())
    return true
  }
}

export function hasDepth(kind: Kind): boolean {
  return kind === "clause" || kind === "bullet"
}

/** The caret alone in a block: where it stands and what the block is. */
function caretBlock(state: EditorState): { place: Place; attrs: BlockAttrs; atStart: boolean } | null {
  const { selection } = state
  if (!(selection instanceof TextSelection) || !selection.$cursor) return null
  const { $cursor } = selection
  const place = { block: $cursor.parent, pos: $cursor.before() }
  return { place, attrs: blockAttrs($cursor.parent), atStart: $cursor.parentOffset === 0 }
}

const PLAIN: KindAndLevel = { kind: "paragraph", level: 0 }

/** At the start of a heading, clause, bullet or quotation: it becomes a paragraph. Joining is the next step. */
export const plainAtStart: Command = (state, dispatch) => {
  const caret = caretBlock(state)
  if (!caret?.atStart || caret.attrs.kind === "paragraph") return false
  const tr = state.tr
  change(tr, caret.place, PLAIN)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Enter in an empty clause or bullet goes one level up, in any other empty block it makes a paragraph. */
export const leaveEmptyBlock: Command = (state, dispatch) => {
  const caret = caretBlock(state)
  if (!caret || caret.place.block.content.size || caret.attrs.kind === "paragraph") return false
  const { kind, level } = caret.attrs
  const tr = state.tr
  change(tr, caret.place, hasDepth(kind) && level > 1 ? { kind, level: level - 1 } : PLAIN)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Enter before a heading's first letter makes room above it. */
export const paragraphAboveHeading: Command = (state, dispatch) => {
  const caret = caretBlock(state)
  if (!caret?.atStart || caret.attrs.kind !== "heading") return false
  dispatch?.(state.tr.insert(caret.place.pos, schema.node("block")).scrollIntoView())
  return true
}

/** What follows a heading is a paragraph; what follows a clause, bullet or quotation is another one. */
export const splitBlockAlike: Command = splitBlockAs((block, atEnd) => {
  const { kind, level } = blockAttrs(block)
  const next = atEnd && kind === "heading" ? PLAIN : { kind, level }
  return { type: block.type, attrs: { ...next, sug: {} } }
})

export const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(schema.node("hard_break")).scrollIntoView())
  return true
}
