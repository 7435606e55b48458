/** The open suggestions as cards beside the text. */
import type { Node } from "prosemirror-model"
import type { EditorState } from "prosemirror-state"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Card, CardAction, CardGroup, CardSource } from "../margin/card"
import { blockAt, toPos } from "../text/positions"
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

interface Made {
  /** The block that holds all of it, if one does: as long as it is that one, nothing has changed. */
  block: Node | null
  /** What it is made of, and what it says. */
  ids: string
  key: string
  summary: string
  body: HTMLElement
}

export class SuggestionCards implements CardSource {
  /** What was made of a suggestion stays as long as it says the same. */
  private made = new Map<string, Made>()

  constructor(private readonly options: SuggestionCardsOptions) {}

  list({ doc }: EditorState): readonly Card[] {
    const before = this.made
    this.made = new Map()
    return joinReplacements(listSuggestions(doc)).map((proposal) => this.card(proposal, doc, before))
  }

  private card(proposal: Proposal, doc: Node, before: typeof this.made): Card {
    const { strings, nameOf, groupOf, actions } = this.options
    const { id, author, since, parts } = proposal
    const from = toPos(doc, Math.min(...parts.map(({ index }) => index)))
    const to = toPos(doc, Math.max(...parts.map(({ index, length }) => index + length)))
    const made = this.make(proposal, doc, holder(doc, from, to), before.get(id))
    this.made.set(id, made)
    const group = groupOf(id)
    return {
      id: `${SUGGESTION}:${id}`,
      kind: SUGGESTION,
      from,
      to,
      who: whoOf(author, strings),
      name: (author && nameOf(author.person)) ?? "",
      since,
      summary: made.summary,
      body: made.body,
      actions: actions(proposal),
      open: !group?.aside,
      group,
    }
  }

  private make(proposal: Proposal, doc: Node, block: Node | null, kept: Made | undefined): Made {
    const ids = proposal.ids.join(" ")
    if (kept && block && kept.block === block && kept.ids === ids) return kept
    const deeds = deedsOf(proposal, doc, this.options.strings)
    const key = JSON.stringify(deeds)
    const body = kept?.key === key ? kept.body : bodyOf(deeds)
    return { block, ids, key, summary: summaryOf(deeds), body }
  }
}

/** The block in which both ends lie, and its line feed's end too. */
function holder(doc: Node, from: number, to: number): Node | null {
  const k = blockAt(doc, from)
  return k === blockAt(doc, to) ? doc.child(k) : null
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
