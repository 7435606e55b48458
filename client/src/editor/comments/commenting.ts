/** Comments in the page: what is known of threads, the one that is being begun, and which of them are shown. */
import { Plugin } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type * as Y from "yjs"
import { mayWrite, NO_RIGHTS, type RoomRights } from "../../rights"
import type { Strings } from "../../strings"
import { type Anchors, anchorsOf, toAbsolute, toRelative } from "../carets/anchors"
import type { Card, CardAction, CardSource, Cards } from "../margin/card"
import { SUGGESTION } from "../suggestions/suggestion-cards"
import type { YTextBinding } from "../text/binding"
import { CommentFilter } from "./filter"
import { highlight } from "./highlights"
import { chosenPassage, markPassage, type Passage, Passages, wordsOf } from "./passages"
import { ThreadStore } from "./store"
import { DRAFT, type LoadView, REPLY_KEY, ThreadCards } from "./thread-cards"
import type { CommentWire, Thread, Words } from "./threads"

/** Milliseconds after a key until passages are looked for anew. */
const CALM = 250

export interface CommentingOptions {
  wire: CommentWire
  /** Where cards stand: what is shown of them is chosen there. */
  place: HTMLElement
  /** Fetches what shows threads, once there are any. */
  load: LoadView
  /** For whom one drafts; "" for the coordination. */
  municipality: string
  /** Thread that the address names; "" for none. */
  wanted: string
}

/** A thread that is being begun: at a passage that moves along, or at a suggestion. */
interface Draft {
  at: Anchors | null
  suggestion: string
  quote: string
}

export class Commenting {
  readonly cards: CardSource
  readonly filter: CommentFilter
  private readonly store: ThreadStore
  private readonly made: ThreadCards
  private readonly passages = new Passages()
  private rights: RoomRights = NO_RIGHTS
  private draft: Draft | null = null
  /** Suggestions that a thread is shown about; null: not looked for yet. */
  private about: ReadonlySet<string> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private wanted: string

  constructor(
    private readonly view: EditorView,
    private readonly binding: YTextBinding,
    private readonly margin: Cards,
    private readonly strings: Strings,
    private readonly options: CommentingOptions,
  ) {
    const { wire } = options
    this.wanted = options.wanted
    this.store = new ThreadStore(wire)
    this.filter = new CommentFilter(strings, options.municipality, () => this.chosen())
    this.made = new ThreadCards(strings, wire, options.load, {
      opened: (words) => this.open(words),
      cancelled: () => this.cancel(),
      took: (thread) => this.store.put(thread),
      changed: () => this.margin.changed(),
      announce: (words) => this.margin.announce(words),
    })
    this.cards = {
      list: ({ doc }) =>
        this.made.list(doc, this.visible(), this.passages.all(doc), this.draftPlace(), this.rights.comment),
      offers: (card) => this.offers(card),
    }
    this.store.onChange = () => this.changed()
    wire.onChange(() => this.load())
  }

  knows(key: string): boolean {
    return this.store.get(key) !== null
  }

  setRights(rights: RoomRights): void {
    const could = this.rights.comment
    this.rights = rights
    this.margin.changed()
    if (rights.comment && !could) this.load()
  }

  synced(): void {
    this.goToWanted()
  }

  /** Follows the text: marks move with it by themselves, new and lost ones are found when it is calm. */
  follow(): Plugin {
    return new Plugin({
      view: () => ({
        update: ({ state }, old) => {
          if (state.doc !== old.doc) this.timer ??= setTimeout(() => this.draw(), CALM)
        },
        destroy: () => clearTimeout(this.timer),
      }),
    })
  }

  /** At the selection, or at the block of the caret. `really`: not only asked whether it can be done. */
  begin(really: boolean): boolean {
    const { doc, selection } = this.view.state
    const passage = this.rights.comment && mayWrite(this.rights) ? chosenPassage(doc, selection) : null
    if (!passage || !really) return passage !== null
    const { ytext } = this.binding
    this.binding.settle()
    const at = {
      anchor: toRelative(ytext, doc, passage.from),
      head: toRelative(ytext, doc, passage.to, -1),
    }
    this.write({ at, suggestion: "", quote: wordsOf(doc, passage) })
    return true
  }

  /** About a suggestion; `passage`: what it speaks of. */
  beginAt(suggestion: string, passage: Passage): void {
    const { state } = this.view
    const at = anchorsOf(this.binding.ytext, state.doc, { anchor: passage.from, head: passage.to })
    this.write({ at, suggestion, quote: wordsOf(state.doc, passage) })
  }

  /** To answer to a suggestion; where there is a thread about it already, one answers in that. */
  private offers({ id, kind, from, to }: Card): readonly CardAction[] {
    const suggestion = id.slice(SUGGESTION.length + 1)
    if (kind !== SUGGESTION || !this.rights.comment) return []
    this.about ??= new Set(this.visible().map((thread) => thread.suggestion))
    if (this.about.has(suggestion)) return []
    const run = () => this.beginAt(suggestion, { from, to })
    return [{ name: "reply", label: this.strings.commentReply, key: REPLY_KEY, run }]
  }

  private write(draft: Draft): void {
    this.draft = draft
    this.margin.show(DRAFT)
    void this.made.focusDraft()
  }

  private cancel(): void {
    this.draft = null
    this.margin.changed()
    this.view.focus()
  }

  /** The mark comes last: without its thread nobody could see it. Throws Refusal. */
  private async open(words: Words): Promise<void> {
    const { draft } = this
    if (!draft) return
    const thread = await this.options.wire.open(words, draft)
    const passage = this.draftPlace()
    this.draft = null
    if (passage && !draft.suggestion) this.mark(passage, thread.key)
    this.store.put(thread)
    this.margin.announce(this.strings.commentSent)
    this.margin.show(`thread:${thread.key}`, true)
  }

  private mark(passage: Passage, key: string): void {
    this.binding.settle()
    markPassage(this.binding.ytext, this.view.state.doc, passage, key)
  }

  /** Where the passage of the draft has gone meanwhile. */
  private draftPlace(): Passage | null {
    const { at } = this.draft ?? {}
    if (!at) return null
    const { doc } = this.view.state
    const place = (position: Y.RelativePosition) => toAbsolute(this.binding.ytext, doc, position)
    const [from, to] = [place(at.anchor), place(at.head)]
    return from === null || to === null ? null : { from, to: Math.max(from, to) }
  }

  private load(): void {
    if (this.rights.comment) void this.store.refresh()
  }

  private visible(): readonly Thread[] {
    return this.store.all.filter((thread) => this.filter.takes(thread))
  }

  private changed(): void {
    this.about = null
    this.filter.update(this.store.all, this.store.moreResolved)
    this.margin.changed()
    this.draw()
    this.goToWanted()
  }

  private chosen(): void {
    if (this.filter.wantsResolved && this.store.moreResolved) void this.store.loadResolved()
    this.changed()
  }

  private draw(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const found = this.passages.all(this.view.state.doc)
    const shown = this.visible().flatMap(({ key }) => {
      const passages = found.get(key)
      return passages ? [{ key, passages }] : []
    })
    highlight(this.view, shown)
  }

  /** The thread that a mail led to. It may have been resolved meanwhile. */
  private goToWanted(): void {
    if (!this.wanted || !this.store.ready) return
    const { wanted } = this
    this.wanted = ""
    if (!this.knows(wanted)) this.filter.choose("resolved")
    setTimeout(() => this.margin.show(`thread:${wanted}`, true))
  }
}
