/** Typing help that can be switched off. What it did is taken back by Backspace or undo, once. */
import { InputRule, inputRules } from "prosemirror-inputrules"
import type { EditorState, Transaction } from "prosemirror-state"
import type { MakeFeature } from "../feature"
import { schema } from "../text/schema"
import { help } from "./help"

/** Where the browser remembers that somebody wants none. */
export interface Memory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = "kraftakt-typing-help"
const OFF = "off"
const ICON = "M5 9c0-2 1-3 3-4M5 9h3v4H5zM12 9c0-2 1-3 3-4M12 9h3v4h-3zM5 19h14"

export function typing(memory: () => Memory): MakeFeature {
  return ({ strings }) => {
    let on = read(memory) !== OFF
    const rule = new InputRule(/[^\ufffc]+$/, (state, match, start, end) =>
      on ? helped(state, match[0], start, end) : null,
    )
    return {
      plugins: [inputRules({ rules: [rule] })],
      tools: [
        {
          name: "typing",
          tools: [
            {
              label: strings.typingHelp,
              icon: ICON,
              pressed: () => on,
              run: (state, dispatch) => {
                on = !on
                write(memory, on ? "on" : OFF)
                dispatch?.(state.tr) // the toolbar shows what holds now
                return true
              },
            },
          ],
        },
      ],
    }
  }
}

/** The fewest letters are written anew: those before them keep their author and their marks. */
function helped(state: EditorState, text: string, start: number, end: number): Transaction | null {
  const { empty, $from } = state.selection
  if (!empty || schema.marks.link.isInSet($from.marks())) return null
  const before = text.slice(0, end - start)
  const after = help(before, text.slice(end - start))
  if (after === null) return null
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  return state.tr.insertText(after.slice(same), start + same, end)
}

/** A browser may keep nothing. */
function read(memory: () => Memory): string | null {
  try {
    return memory().getItem(KEY)
  } catch {
    return null
  }
}

function write(memory: () => Memory, value: string): void {
  try {
    memory().setItem(KEY, value)
  } catch {
    // it holds until the page is left
  }
}
