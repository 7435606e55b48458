/** "1. ", "- ", "# " and "> " at the start of a paragraph make it a clause, bullet, heading or quotation. */
import { InputRule, inputRules } from "prosemirror-inputrules"
import type { Plugin } from "prosemirror-state"
import { blockAttrs, type Kind } from "../text/schema"

function kindRule(pattern: RegExp, kind: Kind, level: (match: RegExpMatchArray) => number): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start)
    const { kind: present, sug } = blockAttrs($start.parent)
    if (present !== "paragraph") return null
    return state.tr
      .delete(start, end)
      .setNodeMarkup($start.before(), null, { kind, level: level(match), sug })
  })
}

export function inputRulesPlugin(): Plugin {
  return inputRules({
    rules: [
      kindRule(/^1\.\s$/, "clause", () => 1),
      kindRule(/^[-*•–]\s$/, "bullet", () => 1),
      kindRule(/^(#{1,3})\s$/, "heading", (match) => match[1]?.length ?? 1),
      kindRule(/^>\s$/, "quote", () => 0),
    ],
  })
}
