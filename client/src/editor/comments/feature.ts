/** Comments: threads beside the text at the passages they speak of. Their cards are loaded with the first of them. */
import type { Command } from "prosemirror-state"
import type { MakeFeature, ToolGroup } from "../feature"
import { Commenting, type CommentingOptions } from "./commenting"
import { highlights } from "./highlights"

const BUBBLE = "M5 5h14v11H11l-4 3.500V16H5z"

export function comments(options: CommentingOptions): MakeFeature {
  return ({ view, binding, strings, cards }) => {
    const commenting = new Commenting(view, binding, cards, strings, options)
    const begin: Command = (_state, dispatch) => commenting.begin(dispatch !== undefined)
    return {
      plugins: [highlights((key) => commenting.knows(key)), commenting.follow()],
      tools: [tool(strings.commentTool, begin)],
      keys: { "Mod-Alt-m": begin }, // as word processors
      cards: commenting.cards,
      setRights: (rights) => commenting.setRights(rights),
      synced: () => {
        options.place.querySelector(".ke-cards__list")?.before(commenting.filter.dom)
        commenting.synced()
      },
    }
  }
}

function tool(label: string, run: Command): ToolGroup {
  return {
    name: "comments",
    tools: [{ label, icon: BUBBLE, run, enabled: (state, { comment }) => comment && run(state) }],
  }
}
