/** The open suggestions as cards beside the text. */
import type { Node } from "prosemirror-model"
import type { EditorState } from "prosemirror-state"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Card, CardAction, CardGroup, CardSource } from "../margin/card"
import { toPos } from "../text/positions"
import { joinReplacements, type Proposal } from "./replacements"
import { type Deed, deedsOf, summaryOf } from "./suggestion-words"
import { type Author, listSuggestions } from "./suggestions"

export const SUGGESTION = "suggestion"

export interface SuggestionCardsOptions {
  strings: Strings
  nameOf(person: number): string | null
  groupOf(id: string): CardGroup | null
  actions(proposal: Proposal): readonly CardAction[]
}

export class SuggestionCards implements CardSource {
  /** What was made of a suggestion stays as long as it says the same. */
  private made = new Map<string, { key: string; body: HTMLElement }>()

  constructor(private readonly options: SuggestionCardsOptions) {}

  list({ doc }: EditorState): readonly Card[] {
    const before = this.made
    this.made = new Map()
    return joinReplacements(listSuggestions(doc)).map((proposal) => this.card(proposal, doc, before))
  }

  private card(proposal: Proposal, doc: Node, before: typeof this.made): Card {
    const { strings, nameOf, groupOf, actions } = this.options
    const { id, author, since, parts } = proposal
    const deeds = deedsOf(proposal, doc, strings)
    const key = JSON.stringify(deeds)
    const kept = before.get(id)
    const body = kept?.key === key ? kept.body : bodyOf(deeds)
    this.made.set(id, { key, body })
    const group = groupOf(id)
    return {
      id: `${SUGGESTION}:${id}`,
      kind: SUGGESTION,
      from: toPos(doc, Math.min(...parts.map(({ index }) => index))),
      to: toPos(doc, Math.max(...parts.map(({ index, length }) => index + length))),
      who: whoOf(author, strings),
      name: (author && nameOf(author.person)) ?? "",
      since,
      summary: summaryOf(deeds),
      body,
      actions: actions(proposal),
      open: !group?.aside,
      group,
    }
  }
}

/** In place of a person's number: what came with a file, under the name that stands there. Nobody attests it. */
const NOBODY = 0

function whoOf(author: Author | null, strings: Strings): string {
  if (!author) return strings.suggestedBySomebody
  if (author.person !== NOBODY) return author.municipality || strings.presenceCoordination
  return strings.suggestedByFile.replace("{name}", author.municipality || strings.suggestedBySomebody)
}

function bodyOf(deeds: readonly Deed[]): HTMLElement {
  return element("div", { class: "ke-deeds" }, ...deeds.map(deedDom))
}

/** The words around stand beside those that change, so that one can judge without looking up the text. */
function deedDom({ words, pieces, before, after }: Deed): HTMLElement {
  const label = element("span", { class: "ke-deed__label" }, `${words}: `)
  const tags = { ins: "ins", del: "del", kind: "b", format: "mark" } as const
  const inner = pieces.map(({ type, text }) => element(tags[type], {}, text))
  return element("p", { class: "ke-deed" }, label, element("q", { lang: "de" }, before, ...inner, after))
}
