/** Undo and redo, by button and key. */
import type { MakeFeature } from "../feature"

const UNDO = "M9 7 5 11l4 4M5 11h9a5 5 0 0 1 0 10h-3"
const REDO = "m15 7 4 4-4 4M19 11h-9a5 5 0 0 0 0 10h3"

export const undoing: MakeFeature = ({ history, strings }) => {
  // handled even when there is nothing to undo: the browser's own undo must never touch the text
  const undo = () => history.undo() || true
  const redo = () => history.redo() || true
  const tools = [
    { label: strings.undo, icon: UNDO, run: undo, enabled: () => history.canUndo },
    { label: strings.redo, icon: REDO, run: redo, enabled: () => history.canRedo },
  ]
  return {
    tools: [{ name: "history", tools }],
    keys: { "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo },
  }
}
