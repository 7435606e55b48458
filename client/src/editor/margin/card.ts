/**
 * What stands beside the text at its place: a suggestion, a thread, whatever a feature brings. The margin knows
 * no kind of card; it draws head and buttons, the feature draws what is between them.
 */
import type { EditorState } from "prosemirror-state"

export interface CardAction {
  /** Unique within the card: "accept". */
  name: string
  label: string
  /** The path of an icon. */
  icon?: string
  /** Name as prosemirror-keymap writes it. Pressed in the text or in the card, it does this to the active card. */
  key?: string
  run(): void
}

export interface Card {
  /** Unique among all cards: "suggestion:ID", "thread:ID". */
  id: string
  /** One word for each source: "suggestion", "thread". Styles find it as `data-kind`. */
  kind: string
  /** The passage, as positions of the document. Where the passage is gone, the place where it was. */
  from: number
  to: number
  /** For whom it speaks: "Offenburg", "Koordination". */
  who: string
  /** Of the person, "" where it is not known. */
  name: string
  /** Seconds since 1970; null when nobody knows. */
  since: number | null
  /** One line for a card that is folded, and for whoever only hears it: "Streichen: zu Recht". */
  summary: string
  /** Stays on the page as long as the source gives the same element again: a half-written answer stays in it. */
  body: HTMLElement
  actions: readonly CardAction[]
  /** Counts as an open point. */
  open: boolean
  /** What it came with: a batch of suggestions. */
  group?: CardGroup | null
}

/** Cards that are looked at and decided together. */
export interface CardGroup {
  id: string
  /** "Digitalpakt (Lahr)". */
  label: string
  /** What its authors say of it, "" for nothing. */
  note: string
  /** Its cards stand in the list of all points only: they wait for another time. */
  aside: boolean
  /** Puts the group aside or has it come back; null for who may not. */
  action: { label: string; run(): void } | null
}

export interface CardSource {
  /** All cards, in any order. Asked again once the text is calm, and after `Cards.changed`. */
  list(state: EditorState): readonly Card[]
  /** What this source lets one do with the card of another: answer to a suggestion, say. */
  offers?(card: Card): readonly CardAction[]
  /** What can be done to many of its cards at once. */
  readonly bulk?: readonly BulkAction[]
}

export interface BulkAction {
  /** Of the cards that it can be done to. */
  kind: string
  /** "{count} annehmen". */
  label: string
  run(cards: readonly Card[]): void
}

/** What a feature can do with cards. */
export interface Cards {
  /** All there are beside the text, in its order. */
  readonly all: readonly Card[]
  /** Those of groups that are put aside. */
  readonly aside: readonly Card[]
  /** What can be done to many at once. */
  readonly bulk: readonly BulkAction[]
  /** "Ziffer 2": where a card's passage is. */
  place(card: Card): string
  /** The heading that its passage stands under. */
  section(card: Card): string
  /** A source has other cards, or other things to show in them. */
  changed(): void
  /** Tells whenever they were gathered anew. */
  follow(listener: () => void): void
  /** Brings a card into sight and makes it the active one. `focus`: the keyboard goes there as well. */
  show(id: string, focus?: boolean): void
  /** Opens the list of all points at a group. */
  showGroup(group: CardGroup): void
  /** For screen readers. */
  announce(words: string): void
}
