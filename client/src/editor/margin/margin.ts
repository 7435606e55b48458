/** The place for cards: gathers them from their sources, keeps them beside their passages and one of them active. */
import { type EditorState, TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { BulkAction, Card, CardAction, CardGroup, CardSource, Cards } from "./card"
import { CardView } from "./card-view"
import { Counter } from "./counter"
import { LineTops } from "./line-tops"
import { Points } from "./points"
import { Sheet } from "./sheet"
import type { Sight } from "./sight"
import { folded, stack } from "./stack"
import { Whereabouts } from "./whereabouts"

/** Milliseconds after a key until cards are gathered anew. */
const CALM = 250
/** Of the time at the most one part in so many is spent on that, however many cards there are. */
const SHARE = 12
/** Between two cards, in CSS pixels. */
const GAP = 8

export class Margin implements Cards {
  readonly status = element("p", { class: "ke-visually-hidden", role: "status" })
  readonly counter: Counter
  readonly sheet: Sheet
  readonly points: Points
  /** Told when the active card changes, to mark its passage. */
  onActive: (() => void) | null = null
  /** Told of keys that are pressed in a card. */
  onKey: ((event: KeyboardEvent) => void) | null = null
  private readonly list = element("ol", { class: "ke-cards__list" })
  private readonly views = new Map<string, CardView>()
  /** A thread's words come after its card. */
  private readonly sizes: ResizeObserver | null = null
  private sources: readonly CardSource[] = []
  private cards: readonly Card[] = []
  /** Of groups that are put aside. */
  aside: readonly Card[] = []
  private places: Whereabouts
  private activeId: string | null = null
  private readonly followers: (() => void)[] = []
  private pressing = false
  /** Milliseconds that gathering took the last time. */
  private took = 0
  private readonly lines: LineTops
  private timer: ReturnType<typeof setTimeout> | undefined
  /** The document that the cards were gathered from. */
  private seen: EditorState["doc"]

  constructor(
    private readonly view: EditorView,
    private readonly strings: Strings,
    private readonly sight: Sight,
    place: HTMLElement,
    decisions = "",
  ) {
    this.seen = view.state.doc
    this.lines = new LineTops(view)
    this.places = new Whereabouts(this.seen, strings)
    this.points = new Points(this, strings, decisions)
    this.sheet = new Sheet(place, this.list, strings, () => this.points.toggle(), sight)
    place.addEventListener("keydown", (event) => this.onKey?.(event))
    place.addEventListener("focusin", ({ target }) => this.focusEntered(target))
    place.addEventListener("pointerdown", () => this.holdStill())
    this.sheet.onWidth = () => this.layOut()
    this.sheet.onCover = () => this.bringPassage()
    this.counter = new Counter(strings, () => this.pressCounter())
    if (typeof ResizeObserver === "function") {
      new ResizeObserver(() => this.layOut()).observe(view.dom)
      this.sizes = new ResizeObserver(() => this.layOut())
      this.sizes.observe(this.list)
    }
  }

  begin(sources: readonly CardSource[]): void {
    this.sources = sources
    this.refresh()
  }

  get active(): Card | null {
    return this.cards.find(({ id }) => id === this.activeId) ?? null
  }

  /** In the order of the text. */
  get all(): readonly Card[] {
    return this.cards
  }

  get bulk(): readonly BulkAction[] {
    return this.sources.flatMap(({ bulk }) => bulk ?? [])
  }

  section(card: Card): string {
    return this.places.section(card.from)
  }

  place(card: Card): string {
    return this.places.label(card.from)
  }

  changed(): void {
    this.timer ??= setTimeout(() => this.refresh(), Math.max(CALM, SHARE * this.took))
  }

  follow(listener: () => void): void {
    this.followers.push(listener)
  }

  showGroup({ label }: CardGroup): void {
    this.refresh()
    this.points.choose(label)
  }

  announce(words: string): void {
    this.status.textContent = words
  }

  show(id: string, focus = false): void {
    this.refresh()
    const card = this.cards.find((each) => each.id === id)
    if (!card) return
    this.activate(id)
    if (this.sheet.narrow) {
      this.sheet.open(false)
      this.bringPassage()
    } else this.bringIntoSight(card)
    if (focus) this.views.get(id)?.focus()
  }

  /** The next card, or the one before; after the last comes the first again. False: there is none. */
  step(by: 1 | -1): boolean {
    const open = this.cards.filter((card) => card.open)
    const at = open.findIndex(({ id }) => id === this.activeId)
    const { head } = this.view.state.selection
    const start =
      by > 0 ? open.findIndex(({ from }) => from >= head) : open.findLastIndex(({ to }) => to <= head)
    const next = at >= 0 ? open.at((at + by) % open.length) : (open[start] ?? open.at(by > 0 ? 0 : -1))
    if (!next) return false
    this.show(next.id, true)
    return true
  }

  /** The caret went somewhere; `clicked`: with the finger or the mouse. */
  caretMoved(pos: number, clicked: boolean): void {
    if (this.view.state.doc !== this.seen) this.refresh()
    const at = this.cards.filter(({ from, to }) => from <= pos && pos <= to)
    const kept = at.find(({ id }) => id === this.activeId)
    const nearest = kept ?? at.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]
    this.activate(nearest?.id ?? null)
    if (clicked && nearest && this.sheet.narrow) this.sheet.open(true)
  }

  /** Does this to the active card. */
  press(name: string): boolean {
    const action = this.active?.actions.find((each) => each.name === name)
    if (!action) return false
    action.run()
    this.refresh()
    return true
  }

  refresh(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const { state } = this.view
    const began = performance.now()
    if (state.doc !== this.seen) this.places = new Whereabouts(state.doc, this.strings)
    this.seen = state.doc
    const focused = this.focusedCard()
    const gathered = this.gather(state)
    this.cards = gathered.filter(({ group }) => !group?.aside)
    this.aside = gathered.filter(({ group }) => group?.aside)
    if (!this.active) this.activeId = null
    this.draw()
    if (focused && !this.views.has(focused.id)) this.focusAt(focused.index, focused.action)
    this.counter.update(this.cards.filter(({ open }) => open).length)
    this.sheet.update(this.cards.length, this.counter.words)
    this.points.update()
    this.onActive?.()
    for (const tell of this.followers) tell()
    this.took = performance.now() - began
  }

  private gather(state: EditorState): readonly Card[] {
    const cards = this.sources.flatMap((source) =>
      source.list(state).map((card) => {
        const offers = this.sources.flatMap((each) => (each === source ? [] : (each.offers?.(card) ?? [])))
        return offers.length ? { ...card, actions: [...card.actions, ...offers] } : card
      }),
    )
    return cards.toSorted((a, b) => a.from - b.from || a.to - b.to || (a.since ?? 0) - (b.since ?? 0))
  }

  private draw(): void {
    const gone = new Set(this.views.keys())
    this.cards.forEach((card, i) => {
      gone.delete(card.id)
      const view = this.views.get(card.id) ?? this.make(card)
      view.update(card, this.place(card))
      if (this.list.children[i] !== view.dom) this.list.insertBefore(view.dom, this.list.children[i] ?? null)
    })
    for (const id of gone) {
      const dom = this.views.get(id)?.dom
      if (dom) this.sizes?.unobserve(dom)
      dom?.remove()
      this.views.delete(id)
    }
    this.layOut()
  }

  private make(card: Card): CardView {
    const view = new CardView(card, this.strings, {
      chosen: (id) => this.choose(id),
      pressed: (id, action) => this.run(id, action),
    })
    this.views.set(card.id, view)
    this.sizes?.observe(view.dom)
    return view
  }

  private choose(id: string): void {
    const card = this.cards.find((each) => each.id === id)
    if (!card) return
    this.activate(id)
    if (this.sheet.narrow) this.bringPassage()
    else this.bringIntoSight(card)
  }

  private run(id: string, action: CardAction): void {
    this.activate(id)
    action.run()
    this.refresh()
  }

  private activate(id: string | null): void {
    if (id === this.activeId) return
    this.activeId = id
    this.layOut()
    this.onActive?.()
  }

  /** While a button is pressed no card moves: it would be let go over another. */
  private holdStill(): void {
    this.pressing = true
    const released = () => {
      this.pressing = false
      this.focusEntered(document.activeElement)
    }
    for (const type of ["pointerup", "pointercancel"]) {
      window.addEventListener(type, () => setTimeout(released), { once: true }) // the click comes first
    }
  }

  /** The card that the keyboard is in is the active one. */
  private focusEntered(target: EventTarget | null): void {
    if (this.pressing) return
    const id = target instanceof Element && target.closest<HTMLElement>("[data-card]")?.dataset.card
    if (id) this.activate(id)
  }

  private focusedCard(): { id: string; index: number; action: string | null } | null {
    const index = this.cards.findIndex(({ id }) => this.views.get(id)?.dom.contains(document.activeElement))
    const card = this.cards[index]
    return card ? { id: card.id, index, action: this.views.get(card.id)?.focusedAction ?? null } : null
  }

  /** The card that has taken the place of one that is gone; after the last one the counter. */
  private focusAt(index: number, action: string | null): void {
    const next = this.cards[Math.min(index, this.cards.length - 1)]
    if (next) this.views.get(next.id)?.focus(action ?? undefined)
    else this.counter.dom.focus()
  }

  private bringIntoSight(card: Card): void {
    const { tr, doc } = this.view.state
    const at = Math.min(card.from, doc.content.size)
    this.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(at))).scrollIntoView())
    // after the text has come into sight, the rest of the card
    requestAnimationFrame(() => this.views.get(card.id)?.dom.scrollIntoView?.({ block: "nearest" }))
  }

  /** Above the open sheet one sees what the active card speaks of. */
  private bringPassage(): void {
    const { active } = this
    if (active && this.sheet.isOpen) this.sight.bring(this.view, active.from, active.to)
  }

  private pressCounter(): void {
    if (this.sheet.narrow) this.sheet.open(false)
    else this.points.toggle()
  }

  /** Reads everything first, then writes: the browser lays out twice at the most. */
  private layOut(): void {
    const views = this.cards.flatMap(({ id }) => this.views.get(id) ?? [])
    const active = this.cards.findIndex(({ id }) => id === this.activeId)
    const kept = active < 0 ? null : active
    const fold = folded(
      this.cards.map(({ from }) => this.places.block(from)),
      kept,
    )
    views.forEach((view, i) => {
      view.active = i === active
      view.folded = !this.sheet.narrow && fold[i] === true
    })
    if (!views.length) this.list.style.minHeight = ""
    if (!views.length || this.sheet.narrow || !this.list.offsetParent || this.view.state.doc !== this.seen)
      return
    const origin = this.list.getBoundingClientRect().top
    const topOf = this.lines.measure(this.seen)
    const standing = views.map(({ dom, card }) => ({
      wanted: topOf(Math.min(card.from, this.seen.content.size)) - origin - GAP,
      height: dom.offsetHeight,
    }))
    const tops = stack(standing, kept, GAP)
    views.forEach(({ dom }, i) => {
      dom.style.top = `${Math.round(tops[i] ?? 0)}px`
    })
    const end = (tops.at(-1) ?? 0) + (standing.at(-1)?.height ?? 0)
    this.list.style.minHeight = `${Math.round(end)}px`
  }
}
