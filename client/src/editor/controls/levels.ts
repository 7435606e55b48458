/** Clauses and bullets one level up or down. Their key, Tab, belongs to the keymap: it must never trap anybody. */
import type { EditorState } from "prosemirror-state"
import type { MakeFeature } from "../feature"
import { blockAttrs } from "../text/schema"
import { hasDepth, selectedBlocks, shiftLevel } from "./commands"

const OUTDENT = "M4 6h16M11 12h9M4 18h16M7 9l-3 3 3 3"
const INDENT = "M4 6h16M11 12h9M4 18h16M4 9l3 3-3 3"

export const levels: MakeFeature = ({ strings }) => {
  const enabled = (state: EditorState) =>
    selectedBlocks(state).some(({ block }) => hasDepth(blockAttrs(block).kind))
  const tools = [
    { label: strings.outdent, icon: OUTDENT, run: shiftLevel(-1), enabled },
    { label: strings.indent, icon: INDENT, run: shiftLevel(1), enabled },
  ]
  return { tools: [{ name: "levels", tools }] }
}
