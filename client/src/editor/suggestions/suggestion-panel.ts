/** Suggestions in the page: the mode in which one writes, and what is decided about those that are open. */
import type { EditorView } from "prosemirror-view"
import { mayWrite, type RoomRights, suggestsOnly } from "../../rights"
import type { Strings } from "../../strings"
import type { CardAction, Cards } from "../margin/card"
import type { YTextBinding } from "../text/binding"
import { SuggestionCards } from "./suggestion-cards"
import { type Author, authorValue, isBy, listSuggestions, resolveDelta, type Suggestion } from "./suggestions"

export interface SuggestingOptions {
  author: Author
  nameOf(person: number): string | null
  /** Seconds since 1970, by the server's clock. */
  now(): number
  /** Somebody wants to say something about a suggestion. */
  reply?: (id: string) => void
}

const TICK = "m4 12.5 5 5L20 6.5"
const REPLY = "M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7"
const CROSS = "M6 6l12 12M18 6 6 18"

export class Suggesting {
  readonly cards: SuggestionCards
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
    const { nameOf } = options
    this.cards = new SuggestionCards({ strings, nameOf, actions: (each) => this.actions(each) })
  }

  /** Whether what is written now becomes a suggestion. */
  get on(): boolean {
    return this.binding.proposing !== null
  }

  readonly toggle = (): boolean => {
    this.set(!this.on)
    return true
  }

  set(on: boolean): void {
    const { author, now } = this.options
    const { only } = this
    if (only && !on) {
      this.margin.announce(this.strings.suggestOnly)
      return
    }
    this.binding.settle()
    this.binding.proposing = on ? { author, only, now, newId: () => this.newId() } : null
    this.margin.announce(on ? this.strings.nowSuggesting : this.strings.nowEditing)
    this.view.dispatch(this.view.state.tr) // toolbar and page show it
  }

  /** Who can write nothing at the moment stays in the mode they are in. */
  setRights(rights: RoomRights): void {
    this.editable = mayWrite(rights)
    if (this.editable) this.setOnly(suggestsOnly(rights))
    this.margin.changed()
  }

  private setOnly(only: boolean): void {
    if (only === this.only) return
    this.only = only
    this.set(true)
  }

  /** Who may only suggest takes back what is their own; about the rest others decide. */
  private actions(suggestion: Suggestion): readonly CardAction[] {
    if (!this.editable) return []
    const own = suggestion.author && isBy(authorValue(suggestion.author, 0), this.options.author)
    const { strings } = this
    const { reply } = this.options
    const talk = reply
      ? [{ name: "reply", label: strings.commentReply, icon: REPLY, run: () => reply(suggestion.id) }]
      : []
    if (this.only && !own) return talk
    const accept = { name: "accept", label: strings.accept, icon: TICK, key: "Mod-Alt-Enter" }
    const reject = { name: "reject", label: strings.reject, icon: CROSS, key: "Mod-Alt-Backspace" }
    return [
      ...(this.only ? [] : [{ ...accept, run: () => this.answer(suggestion.id, true) }]),
      { ...reject, run: () => this.answer(suggestion.id, false) },
      ...talk,
    ]
  }

  private answer(id: string, accept: boolean): void {
    this.binding.settle()
    this.binding.change(resolveDelta(this.view.state.doc, id, accept))
    const words = accept ? this.strings.accepted : this.strings.rejected
    this.margin.announce(words.replace("{count}", String(listSuggestions(this.view.state.doc).length)))
  }

  /** Unique: the client id is this window's alone. */
  private newId(): string {
    return `${(this.binding.ytext.doc?.clientID ?? 0).toString(36)}-${(this.count++).toString(36)}`
  }
}
