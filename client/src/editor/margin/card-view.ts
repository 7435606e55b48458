/** One card on the page: head, what the feature shows, buttons. */
import { element, icon, setAttribute } from "../../dom"
import type { Strings } from "../../strings"
import type { Card, CardAction } from "./card"
import { isoTime, timeWords } from "./times"

export interface CardEvents {
  /** It was chosen, to be looked at. */
  chosen(id: string): void
  /** One of its buttons was pressed. */
  pressed(id: string, action: CardAction): void
}

export class CardView {
  readonly dom = element("li", { class: "ke-card" })
  private readonly head = element("div", { class: "ke-card__head" })
  private readonly buttons = element("div", { class: "ke-card__actions" })
  private shown = ""
  private body: HTMLElement | null = null

  constructor(
    public card: Card,
    private readonly strings: Strings,
    private readonly events: CardEvents,
  ) {
    this.dom.append(this.head, this.buttons)
    this.dom.dataset.kind = card.kind
    this.dom.dataset.card = card.id
    this.dom.addEventListener("click", ({ target }) => {
      if (target instanceof Element && !target.closest("button, a, input, textarea, select")) {
        events.chosen(this.card.id)
      }
    })
  }

  /** `place`: "Ziffer 2". Touches the page only where something has changed. */
  update(card: Card, place: string): void {
    this.card = card
    if (card.body !== this.body) {
      this.body?.remove()
      this.body = card.body
      this.head.after(card.body)
    }
    const { who, name, since, summary, actions, group } = card
    const labels = actions.map(({ label }) => label)
    const now = JSON.stringify([who, name, since, summary, place, labels, group?.label])
    if (now === this.shown) return
    this.shown = now
    this.head.replaceChildren(...this.headOf(card, place))
    const focused = this.focusedAction
    this.buttons.replaceChildren(...card.actions.map((action) => this.button(action)))
    if (focused) this.focus(focused)
  }

  set active(active: boolean) {
    setAttribute(this.dom, "data-active", String(active))
  }

  set folded(folded: boolean) {
    setAttribute(this.dom, "data-folded", String(folded))
  }

  /** Name of the action whose button has the focus. */
  get focusedAction(): string | null {
    return this.buttons.querySelector<HTMLElement>("button:focus")?.dataset.action ?? null
  }

  /** Leads the keyboard to a button, or to the card's name. */
  focus(action?: string): void {
    const buttons = [...this.buttons.querySelectorAll<HTMLElement>("button")]
    const found = buttons.find(({ dataset }) => dataset.action === action)
    ;(found ?? this.head.querySelector<HTMLElement>("button"))?.focus()
  }

  private headOf({ who, name, since, summary, id, group }: Card, place: string): HTMLElement[] {
    const show = element(
      "button",
      { type: "button", class: "ke-card__who", title: this.strings.showInText },
      who,
    )
    show.addEventListener("click", () => this.events.chosen(id))
    const time = element(
      "time",
      { datetime: isoTime(since), title: timeWords(since, "full") },
      timeWords(since),
    )
    const line = [name, place].filter(Boolean).join(" · ")
    const from = group && this.strings.fromBatch.replace("{name}", () => group.label)
    return [
      element("p", { class: "ke-card__first" }, show, ...(since === null ? [] : [time])),
      element("p", { class: "ke-card__at" }, line),
      ...(from ? [element("p", { class: "ke-card__at" }, from)] : []),
      element("p", { class: "ke-card__summary" }, summary),
    ]
  }

  private button(action: CardAction): HTMLButtonElement {
    const sign = action.icon ? [icon(action.icon)] : []
    const attributes = { type: "button", class: "ke-card__action", "data-action": action.name }
    const button = element("button", attributes, ...sign, action.label)
    if (action.key) button.setAttribute("aria-keyshortcuts", ariaKey(action.key))
    button.addEventListener("click", () => this.events.pressed(this.card.id, action))
    return button
  }
}

/** As WAI-ARIA writes keys. */
function ariaKey(key: string): string {
  return key.replace("Mod", "Control").replaceAll("-", "+")
}
