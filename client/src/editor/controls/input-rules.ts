/** "1. ", "- ", "# " and "> " at the start of a paragraph make it a clause, bullet, heading or quotation. */
import { InputRule, inputRules } from "prosemirror-inputrules"
import { Plugin, PluginKey } from "prosemirror-state"
import { blockAttrs, type Kind } from "../text/schema"

/** Where the clause stands that typing "1. " has just made; null once it is left or taken back. */
const madeClause = new PluginKey<number | null>("made-clause")

const MONTHS =
  "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|" +
  "January|February|March|May|June|July|October|December"

function kindRule(pattern: RegExp, kind: Kind, level: (match: RegExpMatchArray) => number): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start)
    const { kind: present, sug } = blockAttrs($start.parent)
    if (present !== "paragraph") return null
    return state.tr
      .delete(start, end)
      .setNodeMarkup($start.before(), null, { kind, level: level(match), sug })
      .setMeta(madeClause, kind === "clause" ? $start.before() : null)
  })
}

/** "1. Januar" is a date: nobody can know when the space is typed, so the month takes the clause back. */
const dateRule = new InputRule(new RegExp(`^(?:${MONTHS})[\\s,.]$`), (state, match, start, end) => {
  const $start = state.doc.resolve(start)
  const { kind, sug } = blockAttrs($start.parent)
  if (kind !== "clause" || madeClause.getState(state) !== $start.before()) return null
  return state.tr
    .insertText(match[0].slice(-1), end)
    .insertText("1. ", start)
    .setNodeMarkup($start.before(), null, { kind: "paragraph", level: 0, sug })
    .setMeta(madeClause, null)
})

const memory = new Plugin<number | null>({
  key: madeClause,
  state: {
    init: () => null,
    apply(tr, at) {
      const made = tr.getMeta(madeClause) as number | null | undefined
      if (made !== undefined) return made
      return at === null ? null : tr.mapping.map(at, -1)
    },
  },
})

export function inputRulesPlugins(): Plugin[] {
  const rules = [
    kindRule(/^1\.\s$/, "clause", () => 1),
    dateRule,
    kindRule(/^[-*•–]\s$/, "bullet", () => 1),
    kindRule(/^(#{1,3})\s$/, "heading", (match) => match[1]?.length ?? 1),
    kindRule(/^>\s$/, "quote", () => 0),
  ]
  return [memory, inputRules({ rules })]
}
