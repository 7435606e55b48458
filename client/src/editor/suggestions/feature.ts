/** Suggestions: the mode in which one writes, its two buttons and its key, and the cards beside the text. */
import { joinBackward } from "prosemirror-commands"
import { type Command, Plugin, type TextSelection } from "prosemirror-state"
import { setAttribute } from "../../dom"
import type { Strings } from "../../strings"
import type { MakeFeature, ToolGroup } from "../feature"
import type { YTextBinding } from "../text/binding"
import { blockAttrs, type Value } from "../text/schema"
import { Suggesting, type SuggestingOptions } from "./suggestion-panel"
import { type Author, isBy } from "./suggestions"

export function suggestions(options: SuggestingOptions): MakeFeature {
  return ({ view, binding, history, strings, frame, cards }) => {
    const suggesting = new Suggesting(view, binding, cards, strings, options)
    speakMarks(frame, strings)
    history.manager.on("stack-item-popped", () => suggesting.undone())
    const follow = new Plugin({
      view: () => ({
        update: () => setAttribute(frame, "data-mode", suggesting.on ? "suggest" : "edit"),
      }),
    })
    return {
      plugins: [follow],
      tools: [modes(suggesting, strings)],
      cards: suggesting,
      keys: {
        "Mod-Shift-e": suggesting.toggle, // as word processors switch "track changes"
        Backspace: joinProposed(binding),
      },
      setRights: (rights) => suggesting.setRights(rights),
    }
  }
}

/**
 * The first Backspace at the start of a clause proposes a paragraph, the next one to join it with what is above.
 */
function joinProposed(binding: YTextBinding): Command {
  return (state, dispatch, view) => {
    const { $cursor } = state.selection as TextSelection
    const { proposing } = binding
    if (!proposing || !$cursor || $cursor.parentOffset) return false
    const plain = Object.entries(blockAttrs($cursor.parent).sug).some(
      ([key, value]) =>
        key.startsWith(`kind:${proposing.prefix ?? ""}`) && isPlainBy(value, proposing.author),
    )
    return plain && joinBackward(state, dispatch, view)
  }
}

/** Whether a proposed kind is the paragraph that this author proposes. */
function isPlainBy(value: Value, author: Author): boolean {
  const [kind, ...by] = String(value).split("|")
  return kind === "paragraph:0" && isBy(by.join("|"), author)
}

/** Two buttons, so that the mode one is in is always written there. */
export function modes(suggesting: Pick<Suggesting, "on" | "set">, strings: Strings): ToolGroup {
  const set = (on: boolean) => () => {
    suggesting.set(on)
    return true
  }
  return {
    name: "mode",
    label: strings.modeLabel,
    inBar: true,
    tools: [
      {
        label: strings.modeEdit,
        run: set(false),
        pressed: () => !suggesting.on,
        enabled: (_state, { edit }) => edit,
        refused: set(false), // says why not
      },
      {
        label: strings.modeSuggest,
        run: set(true),
        pressed: () => suggesting.on,
        enabled: (_state, { suggest }) => suggest,
      },
    ],
  }
}

/** What screen readers say around suggestions; most pass over the elements `ins` and `del` in silence. */
function speakMarks(frame: HTMLElement, strings: Strings): void {
  const { insertionBegins, deletionBegins, suggestionEnds } = strings
  for (const [name, words] of Object.entries({ insertionBegins, deletionBegins, suggestionEnds })) {
    frame.style.setProperty(`--ke-${name.toLowerCase()}`, JSON.stringify(` [${words}] `))
  }
}
