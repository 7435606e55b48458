/** Suggestions in the page: the mode in which one writes, and the list beside the text. */
import { TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { mayWrite, type RoomRights, suggestsOnly } from "../../rights"
import type { Strings } from "../../strings"
import type { YTextBinding } from "../text/binding"
import { toPos } from "../text/positions"
import { type Answer, SuggestionList } from "./suggestion-list"
import { type Author, authorValue, isBy, listSuggestions, resolveDelta, type Suggestion } from "./suggestions"

/** Milliseconds after a key until the list is drawn anew. */
const CALM = 250

export interface SuggestingOptions {
  /** Where the list stands. */
  place: HTMLElement
  author: Author
  nameOf(person: number): string | null
  /** Seconds since 1970, by the server's clock. */
  now(): number
}

export class Suggesting {
  private readonly list: SuggestionList
  /** The mode cannot be left: this person may do nothing else. */
  private only = false
  private count = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly view: EditorView,
    private readonly binding: YTextBinding,
    private readonly strings: Strings,
    private readonly options: SuggestingOptions,
  ) {
    this.list = new SuggestionList(options.place, strings, {
      answer: (id, accept) => this.answer(id, accept),
      answers: (suggestion) => this.answers(suggestion),
      show: (id) => this.show(id),
      nameOf: options.nameOf,
    })
    this.refresh()
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
      this.list.announce(this.strings.suggestOnly)
      return
    }
    this.binding.settle()
    this.binding.proposing = on ? { author, only, now, newId: () => this.newId() } : null
    this.list.announce(on ? this.strings.nowSuggesting : this.strings.nowEditing)
    this.view.dispatch(this.view.state.tr) // toolbar and page show it
  }

  /** Who can write nothing at the moment stays in the mode they are in. */
  setRights(rights: RoomRights): void {
    const writes = mayWrite(rights)
    if (writes) this.setOnly(suggestsOnly(rights))
    this.list.setEditable(writes)
  }

  private setOnly(only: boolean): void {
    if (only === this.only) return
    this.only = only
    this.set(true)
    this.refresh()
  }

  /** The text or what is known of people has changed. */
  changed(): void {
    this.timer ??= setTimeout(() => this.refresh(), CALM)
  }

  private refresh(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.list.update(listSuggestions(this.view.state.doc))
  }

  /** Who may only suggest takes back what is their own; about the rest others decide. */
  private answers({ author }: Suggestion): readonly Answer[] {
    if (!this.only) return ["accept", "reject"]
    const own = author && isBy(authorValue(author, 0), this.options.author)
    return own ? ["reject"] : []
  }

  private answer(id: string, accept: boolean): void {
    this.binding.settle()
    this.binding.change(resolveDelta(this.view.state.doc, id, accept))
    this.refresh()
  }

  private show(id: string): void {
    const { doc, tr } = this.view.state
    const parts = listSuggestions(doc).find((each) => each.id === id)?.parts ?? []
    const from = Math.min(...parts.map(({ index }) => index))
    const to = Math.max(...parts.map(({ index, length }) => index + length))
    if (!parts.length) return
    this.view.dispatch(
      tr.setSelection(TextSelection.create(doc, toPos(doc, from), toPos(doc, to))).scrollIntoView(),
    )
    this.view.focus()
  }

  /** Unique: the client id is this window's alone. */
  private newId(): string {
    return `${(this.binding.ytext.doc?.clientID ?? 0).toString(36)}-${(this.count++).toString(36)}`
  }
}
