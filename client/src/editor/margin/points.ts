/**
 * All open points in one list, by section: each leads to its card. What can be done to many at once is done to those
 * that the two filters leave.
 */
import { closeButton, element } from "../../dom"
import type { Strings } from "../../strings"
import type { BulkAction, Card, CardGroup, Cards } from "./card"

export class Points {
  readonly dom = element("section", { class: "ke-points", popover: "auto" })
  private readonly who = element("select", { class: "ke-toolbar__kind" })
  private readonly where = element("select", { class: "ke-toolbar__kind" })
  private readonly which = element("select", { class: "ke-toolbar__kind" })
  private readonly note = element("p", { class: "ke-points__note" })
  private readonly bulk = element("div", { class: "ke-points__bulk" })
  private readonly list = element("div", { class: "ke-points__list" })
  private shown = ""

  constructor(
    private readonly cards: Cards,
    private readonly strings: Strings,
    /** Page of what was decided, "" where there is none. */
    decisions: string,
  ) {
    const close = closeButton(strings.pasteClose, () => this.close())
    for (const [select, label] of [
      [this.who, strings.pointsByPlace],
      [this.where, strings.pointsBySection],
      [this.which, strings.pointsByBatch],
    ] as const) {
      select.setAttribute("aria-label", label)
      select.addEventListener("change", () => this.draw())
    }
    this.dom.setAttribute("aria-label", strings.openPointsTitle)
    this.dom.append(
      element("div", { class: "ke-points__head" }, element("h2", {}, strings.openPointsTitle), close),
      element("div", { class: "ke-points__filters" }, this.who, this.where, this.which),
      this.note,
      this.bulk,
      this.list,
      ...(decisions ? [element("a", { class: "k-link", href: decisions }, strings.decisionsLink)] : []),
    )
  }

  get isOpen(): boolean {
    return typeof this.dom.showPopover === "function" && this.dom.matches(":popover-open")
  }

  toggle(): void {
    if (this.isOpen) this.close()
    else {
      this.draw()
      this.dom.showPopover?.()
    }
  }

  /** The cards have changed. */
  update(): void {
    if (this.isOpen) this.draw()
  }

  private close(): void {
    if (this.isOpen) this.dom.hidePopover()
  }

  private draw(): void {
    const open = this.cards.all.filter((card) => card.open)
    choices(this.who, this.strings.pointsAllPlaces, new Set(open.map(({ who }) => who)))
    choices(this.where, this.strings.pointsAllSections, new Set(open.map((card) => this.cards.section(card))))
    const groups = new Set(open.flatMap(({ group }) => group?.label ?? []))
    choices(this.which, this.strings.pointsAllBatches, groups)
    this.which.hidden = groups.size === 0
    const chosen = open.filter(
      (card) =>
        fits(this.who, card.who) &&
        fits(this.where, this.cards.section(card)) &&
        fits(this.which, card.group?.label ?? ""),
    )
    const { aside } = this.cards
    const group = this.which.value ? (chosen[0]?.group ?? null) : null
    const now = JSON.stringify([
      group,
      [...chosen, ...aside].map((card) => [card.id, card.who, card.summary, this.cards.place(card)]),
    ])
    if (now === this.shown) return
    this.shown = now
    this.note.textContent = group?.note ?? ""
    this.note.hidden = !this.note.textContent
    this.bulk.replaceChildren(
      ...this.cards.bulk.flatMap((action) => this.bulkButton(action, chosen)),
      ...(group ? groupButton(group) : []),
    )
    this.list.replaceChildren(...this.sections(chosen), ...this.putAside(aside))
  }

  /** What leads to one group. */
  choose(label: string): void {
    this.draw()
    this.which.value = label
    this.draw()
    if (!this.isOpen) this.dom.showPopover?.()
  }

  /** Groups that wait for another time, each with the way back. */
  private putAside(cards: readonly Card[]): HTMLElement[] {
    const groups = new Map(cards.flatMap(({ group }) => (group ? [[group.id, group] as const] : [])))
    return [...groups.values()].map((group) => {
      const those = cards.filter((card) => card.group?.id === group.id)
      const title = this.strings.batchKept.replace("{name}", () => group.label)
      return element(
        "section",
        {},
        element("h3", {}, `${title} (${those.length})`),
        ...(group.note ? [element("p", { class: "ke-points__note" }, group.note)] : []),
        element("ol", {}, ...those.map((card) => this.item(card))),
        ...groupButton(group),
      )
    })
  }

  /** Pressed once it asks, pressed twice it acts. */
  private bulkButton({ kind, label, run }: BulkAction, cards: readonly Card[]): HTMLElement[] {
    const those = cards.filter((card) => card.kind === kind)
    if (!those.length) return []
    const words = label.replace("{count}", String(those.length))
    const button = element("button", { type: "button", class: "ke-button" }, words)
    let sure = false
    button.addEventListener("click", () => {
      if (!sure) {
        sure = true
        button.textContent = this.strings.bulkSure.replace("{what}", words)
        return
      }
      run(those)
      this.cards.changed()
      this.shown = ""
      this.close()
    })
    return [button]
  }

  private sections(cards: readonly Card[]): HTMLElement[] {
    if (!cards.length) return [element("p", {}, this.strings.openPointsNone)]
    const bySection = new Map<string, Card[]>()
    for (const card of cards) {
      const section = this.cards.section(card)
      bySection.set(section, [...(bySection.get(section) ?? []), card])
    }
    return [...bySection].map(([name, those]) =>
      element(
        "section",
        {},
        element("h3", {}, `${name} (${those.length})`),
        element("ol", {}, ...those.map((card) => this.item(card))),
      ),
    )
  }

  private item(card: Card): HTMLElement {
    const head = element("b", {}, card.who)
    const words = element("span", { class: "ke-points__words" }, card.summary)
    const button = element("button", { type: "button" }, head, ` · ${this.cards.place(card)} `, words)
    button.addEventListener("click", () => {
      this.close()
      this.cards.show(card.id, true)
    })
    return element("li", {}, button)
  }
}

function groupButton({ action }: CardGroup): HTMLElement[] {
  if (!action) return []
  const button = element("button", { type: "button", class: "ke-button" }, action.label)
  button.addEventListener("click", () => action.run())
  return [button]
}

/** What was chosen stays chosen as long as there is something of it. */
function choices(select: HTMLSelectElement, all: string, values: ReadonlySet<string>): void {
  const { value } = select
  const options = [...values].map((each) => element("option", { value: each }, each))
  select.replaceChildren(element("option", { value: "" }, all), ...options)
  select.value = values.has(value) ? value : ""
}

function fits({ value }: HTMLSelectElement, said: string): boolean {
  return value === "" || value === said
}
