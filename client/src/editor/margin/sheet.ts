/**
 * The frame of the cards. Wide: a column beside the text. Narrow: a sheet from below, a popover, so that Escape
 * and a tap elsewhere close it.
 */
import { CROSS, element, icon } from "../../dom"
import type { Strings } from "../../strings"
import { followWidth } from "../../width"
import type { Sight } from "./sight"

/** Where there are no popovers, the cards stand below the text. */
const canPop = typeof HTMLElement.prototype.showPopover === "function"

export class Sheet {
  /** Told when the page has become narrow or wide. */
  onWidth: (() => void) | null = null
  /** Told when it covers the text anew: it has come, or the keyboard of a phone has. */
  onCover: (() => void) | null = null
  narrow = false
  private readonly title = element("h2", { class: "ke-cards__title" })
  private readonly all: HTMLButtonElement
  private readonly none: HTMLElement

  constructor(
    private readonly place: HTMLElement,
    list: HTMLElement,
    strings: Strings,
    overview: () => void,
    private readonly sight: Sight,
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
    if (typeof ResizeObserver === "function") {
      let open = false
      new ResizeObserver(() => {
        if (open || this.isOpen) this.cover(!open || place.contains(document.activeElement))
        open = this.isOpen
      }).observe(place)
    }
    window.visualViewport?.addEventListener("resize", () => this.rise())
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

  /** Whether it was open. */
  close(): boolean {
    const open = this.isOpen
    if (open) this.place.hidePopover()
    return open
  }

  get isOpen(): boolean {
    return canPop && this.place.matches(":popover-open")
  }

  private cover(anew: boolean): void {
    this.sight.cover(this.isOpen ? this.place : null)
    if (anew && this.isOpen) this.onCover?.()
  }

  /** Above the keyboard of a phone, which lies over the page. */
  private rise(): void {
    const { visualViewport: seen } = window
    if (!seen || seen.scale > 1) return
    const keys = Math.max(0, Math.round(innerHeight - seen.height - seen.offsetTop))
    this.place.style.setProperty("--ke-keys", `${keys}px`)
    if (this.isOpen) this.cover(true)
  }

  private setSingle(single: boolean): void {
    this.place.dataset.single = String(single)
    this.all.hidden = !single
  }
}
