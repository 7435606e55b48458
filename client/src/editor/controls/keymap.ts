/** The keys of the editor. Tab never traps: after Escape it leaves the text. */
import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinBackward,
  joinForward,
  selectNodeBackward,
  toggleMark,
} from "prosemirror-commands"
import { keydownHandler } from "prosemirror-keymap"
import { type Command, Plugin } from "prosemirror-state"
import { schema } from "../text/schema"
import {
  insertBreak,
  leaveEmptyBlock,
  paragraphAboveHeading,
  plainAtStart,
  setKind,
  shiftLevel,
  splitBlockAlike,
} from "./commands"

/** What a key asks for that lies outside the document. */
export interface KeyActions {
  undo(): boolean
  redo(): boolean
  editLink(): boolean
  focusToolbar(): boolean
  toggleSuggesting(): boolean
}

function commands(actions: KeyActions): Record<string, Command> {
  const backspace = chainCommands(deleteSelection, plainAtStart, joinBackward, selectNodeBackward)
  return {
    ...baseKeymap,
    Enter: chainCommands(leaveEmptyBlock, paragraphAboveHeading, splitBlockAlike),
    "Shift-Enter": insertBreak,
    "Mod-Enter": insertBreak,
    Backspace: backspace,
    "Mod-Backspace": backspace,
    "Shift-Backspace": backspace,
    Delete: chainCommands(deleteSelection, joinForward),
    "Mod-b": toggleMark(schema.marks.strong),
    "Mod-i": toggleMark(schema.marks.em),
    "Mod-k": () => actions.editLink(),
    // handled even when there is nothing to undo: the browser's own undo must never touch the text
    "Mod-z": () => actions.undo() || true,
    "Mod-y": () => actions.redo() || true,
    "Shift-Mod-z": () => actions.redo() || true,
    "Mod-Alt-0": setKind("paragraph"),
    "Mod-Alt-1": setKind("heading", 1),
    "Mod-Alt-2": setKind("heading", 2),
    "Mod-Alt-3": setKind("heading", 3),
    "Alt-F10": () => actions.focusToolbar(),
    "Mod-Shift-e": () => actions.toggleSuggesting(), // as word processors switch "track changes"
  }
}

export function keymapPlugin(actions: KeyActions): Plugin {
  const press = keydownHandler(commands(actions))
  const level = keydownHandler({ Tab: shiftLevel(1), "Shift-Tab": shiftLevel(-1) })
  let leaving = false
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (event.key === "Shift") return false
        if (event.key === "Tab") return !leaving && level(view, event)
        leaving = event.key === "Escape"
        return press(view, event)
      },
      handleDOMEvents: {
        blur: () => {
          leaving = false
          return false
        },
      },
    },
  })
}
