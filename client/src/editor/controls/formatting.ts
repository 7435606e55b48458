/** Bold and italic. */
import { toggleMark } from "prosemirror-commands"
import type { MarkType } from "prosemirror-model"
import type { EditorState } from "prosemirror-state"
import { mayWrite } from "../../rights"
import type { MakeFeature, Tool } from "../feature"
import { schema } from "../text/schema"

const BOLD = "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z"
const ITALIC = "M11 5h6M7 19h6M14 5l-4 14"

/** The group of all marks' tools. */
export const MARKS = "marks"

export const formatting: MakeFeature = ({ strings }) => {
  const { strong, em } = schema.marks
  const bold: Tool = { label: strings.bold, icon: BOLD, run: toggleMark(strong), ...markTool(strong) }
  const italic: Tool = { label: strings.italic, icon: ITALIC, run: toggleMark(em), ...markTool(em) }
  return { tools: [{ name: MARKS, tools: [bold, italic] }], keys: { "Mod-b": bold.run, "Mod-i": italic.run } }
}

/** Who may only suggest proposes them. */
export function markTool(mark: MarkType): Pick<Tool, "pressed" | "enabled"> {
  return { pressed: (state) => isMarked(state, mark), enabled: (_state, rights) => mayWrite(rights) }
}

function isMarked(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
  return state.doc.rangeHasMark(from, to, type)
}
