/**
 * The frame of the cards. Wide: a column beside the text. Narrow: a sheet from below, a popover, so that Escape
 * and a tap elsewhere close it.
 */
import { element, icon } from "../../dom"
import type { Strings } from "../../strings"
import { followWidth } from "../../width"

/** Where there are no popovers, the cards stand below the text. */
const canPop = typeof HTMLElement.prototype.showPopover === "function"
const CROSS = "M6 6l12 12M18 6 6 18"

export class Sheet {
  /** Told when the page has become narrow or wide. */
  onWidth: (() => void) | null = null
  narrow = false
  private readonly title = element("h2", { class: "ke-cards__title" })
  private readonly all: HTMLButtonElement
  private readonly none: HTMLElement

  constructor(
    private readonly place: HTMLElement,
    list: HTMLElement,
    strings: Strings,
    overview: () => void,
  ) {
    this.all = element("button", { type: "button", class: "ke-tool" }, strings.showAllPoints)
    this.all.addEventListener("click", () => this.setSingle(false))
    this.none = element("p", { class: "ke-cards__none" }, strings.openPointsNone)
    const close = element("button", { type: "button", class: "ke-tool" }, icon(CROSS), strings.pasteClose)
    close.addEventListener("click", () => this.close())
    const summary = element("button", { type: "button", class: "ke-tool" }, strings.pointsOverview)
    summary.addEventListener("click", () => {
      this.close()
      overview()
    })
    const grip = element("div", { class: "ke-cards__grip" }, this.title, this.all, summary, close)
    place.classList.add("ke-cards")
    place.setAttribute("popover", "auto")
    place.replaceChildren(grip, this.none, list)
    followWidth((narrow) => {
      this.narrow = narrow
      this.close()
      this.onWidth?.()
    })
  }

  update(cards: number, words: string): void {
    this.title.textContent = words
    this.none.hidden = cards > 0
  }

  /** `single`: only the active card, so that the text stays in sight. */
  open(single: boolean): void {
    this.setSingle(single)
    if (!canPop) this.place.scrollIntoView()
    else if (!this.isOpen) this.place.showPopover()
    if (!single) this.place.querySelector(".ke-card[data-active=true]")?.scrollIntoView({ block: "nearest" })
  }

  close(): void {
    if (this.isOpen) this.place.hidePopover()
  }

  private get isOpen(): boolean {
    return canPop && this.place.matches(":popover-open")
  }

  private setSingle(single: boolean): void {
    this.place.dataset.single = String(single)
    this.all.hidden = !single
  }
}
