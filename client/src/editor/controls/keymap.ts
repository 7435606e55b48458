/** The keys of the editor. Tab never traps: after Escape it leaves the text. */
import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinBackward,
  joinForward,
  selectNodeBackward,
} from "prosemirror-commands"
import { undoInputRule } from "prosemirror-inputrules"
import { keydownHandler } from "prosemirror-keymap"
import { type Command, Plugin } from "prosemirror-state"
import { readSelection } from "../carets/read-selection"
import type { Keys } from "../feature"
import {
  insertBreak,
  leaveEmptyBlock,
  paragraphAboveHeading,
  plainAtStart,
  setKind,
  shiftLevel,
  splitBlockAlike,
} from "./commands"

const backspace = chainCommands(deleteSelection, plainAtStart, joinBackward, selectNodeBackward)

/** What belongs to the text itself. */
const OWN: Keys = {
  ...baseKeymap,
  Enter: chainCommands(leaveEmptyBlock, paragraphAboveHeading, splitBlockAlike),
  "Shift-Enter": insertBreak,
  "Mod-Enter": insertBreak,
  Backspace: backspace,
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  Delete: chainCommands(deleteSelection, joinForward),
  "Mod-Alt-0": setKind("paragraph"),
  "Mod-Alt-1": setKind("heading", 1),
  "Mod-Alt-2": setKind("heading", 2),
  "Mod-Alt-3": setKind("heading", 3),
}

/** A key asks the first of `features` that has it, then the next, last the text itself. */
function together(features: readonly Keys[]): Record<string, Command> {
  const keys: Record<string, Command> = {}
  for (const [key, command] of [...features, OWN].flatMap((each) => Object.entries(each))) {
    keys[key] = keys[key] ? chainCommands(keys[key], command) : command
  }
  return keys
}

/** At once after "1. " has made a clause, both give the typed signs back. */
const TAKE_BACK: Keys = { Backspace: undoInputRule, "Mod-z": undoInputRule }

/** `features`: what else keys do; `onPage`: which of those keys act before anything has the focus. */
export function keymapPlugin(features: readonly Keys[], onPage: readonly string[] = []): Plugin {
  const press = keydownHandler(together([TAKE_BACK, ...features]))
  const level = keydownHandler({ Tab: shiftLevel(1), "Shift-Tab": shiftLevel(-1) })
  let leaving = false
  const chosen = Object.entries(together(features)).filter(([key]) => onPage.includes(key))
  const pressOnPage = keydownHandler(Object.fromEntries(chosen))
  return new Plugin({
    view: (view) => {
      const pressed = (event: KeyboardEvent) => {
        if (event.target === document.body && pressOnPage(view, event)) event.preventDefault()
      }
      document.addEventListener("keydown", pressed)
      return { destroy: () => document.removeEventListener("keydown", pressed) }
    },
    props: {
      handleKeyDown(view, event) {
        if (event.key === "Shift") return false
        if (event.key === "Tab") return !leaving && level(view, event)
        leaving = event.key === "Escape"
        return press(view, event)
      },
      handleDOMEvents: {
        keydown: (view, event) => {
          if (!view.composing && event.keyCode !== 229) readSelection(view)
          return false
        },
        blur: () => {
          leaving = false
          return false
        },
      },
    },
  })
}
