/** Suggestions in the page: the mode in which one writes, and what is decided about those that are open. */
import type { EditorView } from "prosemirror-view"
import { CROSS } from "../../dom"
import { mayWrite, type RoomRights, suggestsOnly } from "../../rights"
import type { Strings } from "../../strings"
import type { BulkAction, Card, CardAction, CardGroup, CardSource, Cards } from "../margin/card"
import type { YTextBinding } from "../text/binding"
import { Decisions, type Record } from "./decisions"
import { joinReplacements, type Proposal } from "./replacements"
import { SUGGESTION, SuggestionCards } from "./suggestion-cards"
import { deedsOf, summaryOf } from "./suggestion-words"
import { type Author, authorValue, isBy, listSuggestions, resolveDelta } from "./suggestions"

export interface SuggestingOptions {
  author: Author
  nameOf(person: number): string | null
  /** Seconds since 1970, by the server's clock. */
  now(): number
  /** Puts decisions on record. */
  record: Record
  /** Of the batch that a suggestion came with. */
  groupOf?(id: string): CardGroup | null
  /** In a branch: what the ids of its own suggestions begin with. */
  prefix?: string
}

const TICK = "m4 12.5 5 5L20 6.5"

export class Suggesting implements CardSource {
  private readonly cards: SuggestionCards
  private readonly decisions: Decisions
  /** The mode cannot be left: this person may do nothing else. */
  private only = false
  private editable = false
  private count = 0

  constructor(
    private readonly view: EditorView,
    private readonly binding: YTextBinding,
    private readonly margin: Cards,
    private readonly strings: Strings,
    private readonly options: SuggestingOptions,
  ) {
    const { nameOf, groupOf = () => null } = options
    this.decisions = new Decisions(options.record)
    this.cards = new SuggestionCards({ strings, nameOf, groupOf, actions: (each) => this.actions(each) })
  }

  readonly list: CardSource["list"] = (state) => this.cards.list(state)

  /** Whether what is written now becomes a suggestion. */
  get on(): boolean {
    return this.binding.proposing !== null
  }

  readonly toggle = (): boolean => {
    this.set(!this.on)
    return true
  }

  set(on: boolean): void {
    const { author, now, prefix = "" } = this.options
    if (this.only && !on) {
      this.margin.announce(this.strings.suggestOnly)
      return
    }
    this.binding.settle()
    this.binding.proposing = on ? { author, now, prefix, newId: () => this.newId() } : null
    this.margin.announce(on ? this.strings.nowSuggesting : this.strings.nowEditing)
    this.view.dispatch(this.view.state.tr) // toolbar and page show it
  }

  /** Who can write nothing at the moment stays in the mode they are in. */
  setRights(rights: RoomRights): void {
    this.editable = mayWrite(rights)
    if (this.editable) this.setOnly(suggestsOnly(rights))
    this.margin.changed()
  }

  /** Something was undone or done again. */
  undone(): void {
    this.decisions.compare(new Set(this.open.map(({ id }) => id)))
  }

  private setOnly(only: boolean): void {
    if (only === this.only) return
    this.only = only
    this.set(true)
  }

  /** Who may only suggest takes back what is their own; about the rest others decide. */
  private actions(proposal: Proposal): readonly CardAction[] {
    if (!this.editable) return []
    const { author, prefix = "" } = this.options
    const own =
      proposal.author &&
      isBy(authorValue(proposal.author, 0), author) &&
      proposal.ids.every((id) => id.startsWith(prefix))
    if (this.only && !own) return []
    const { strings } = this
    const accept = { name: "accept", label: strings.accept, icon: TICK, key: "Mod-Alt-Enter" }
    const reject = { name: "reject", label: strings.reject, icon: CROSS, key: "Mod-Alt-Backspace" }
    return [
      ...(this.only ? [] : [{ ...accept, run: () => this.answer([proposal.id], true) }]),
      { ...reject, run: () => this.answer([proposal.id], false) },
    ]
  }

  /** What can be done to many at once; one undo takes it back. */
  get bulk(): readonly BulkAction[] {
    if (!this.editable || this.only) return []
    const { strings } = this
    const run = (accept: boolean) => (cards: readonly Card[]) =>
      this.answer(
        cards.filter(({ kind }) => kind === SUGGESTION).map(({ id }) => id.slice(SUGGESTION.length + 1)),
        accept,
      )
    return [
      { kind: SUGGESTION, label: strings.acceptMany, run: run(true) },
      { kind: SUGGESTION, label: strings.rejectMany, run: run(false) },
    ]
  }

  private get open(): Proposal[] {
    return joinReplacements(listSuggestions(this.view.state.doc))
  }

  private answer(ids: readonly string[], accept: boolean): void {
    this.binding.settle()
    const wanted = new Set(ids)
    const { doc } = this.view.state
    const proposals = this.open.filter(({ id }) => wanted.has(id))
    this.decisions.decide(proposals, accept, (each) => summaryOf(deedsOf(each, doc, this.strings)))
    this.binding.change(
      resolveDelta(
        doc,
        proposals.flatMap(({ ids: all }) => all),
        accept,
      ),
    )
    const words = accept ? this.strings.accepted : this.strings.rejected
    this.margin.announce(words.replace("{count}", String(this.open.length)))
  }

  /** Unique: the client id is this window's alone. */
  private newId(): string {
    return `${this.options.prefix ?? ""}${(this.binding.ytext.doc?.clientID ?? 0).toString(36)}-${(this.count++).toString(36)}`
  }
}
