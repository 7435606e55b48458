/** Suggestions: the mode in which one writes, its two buttons and its key, and the list beside the text. */
import { Plugin } from "prosemirror-state"
import { setAttribute } from "../../dom"
import type { Strings } from "../../strings"
import type { MakeFeature, ToolGroup } from "../feature"
import { Suggesting, type SuggestingOptions } from "./suggestion-panel"

export function suggestions(options: SuggestingOptions): MakeFeature {
  return ({ view, binding, strings, frame }) => {
    const suggesting = new Suggesting(view, binding, strings, options)
    speakMarks(frame, strings)
    const follow = new Plugin({
      view: () => ({
        update: ({ state }, old) => {
          setAttribute(frame, "data-mode", suggesting.on ? "suggest" : "edit")
          if (state.doc !== old.doc) suggesting.changed()
        },
      }),
    })
    return {
      plugins: [follow],
      tools: [modes(suggesting, strings)],
      keys: { "Mod-Shift-e": suggesting.toggle }, // as word processors switch "track changes"
      setRights: (rights) => suggesting.setRights(rights),
    }
  }
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
