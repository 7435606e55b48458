/** How many points are open: a button in the bar, always in sight. */
import { element } from "../../dom"
import type { Strings } from "../../strings"

export class Counter {
  readonly dom = element("button", { type: "button", class: "ke-count", "aria-controls": "cards" })
  private readonly number = element("b", {}, "0")
  private readonly label = element("span", {})
  private shown = -1

  constructor(
    private readonly strings: Strings,
    press: () => void,
  ) {
    this.dom.append(this.number, " ", this.label)
    this.dom.addEventListener("click", press)
    this.update(0)
  }

  /** "1 offener Punkt", "4 offene Punkte". */
  get words(): string {
    const { openPointsNone, openPoint, openPoints } = this.strings
    if (this.shown === 0) return openPointsNone
    return (this.shown === 1 ? openPoint : openPoints).replace("{count}", String(this.shown))
  }

  update(count: number): void {
    if (count === this.shown) return
    this.shown = count
    this.number.textContent = String(count)
    this.label.replaceChildren(
      element("span", { class: "ke-wide" }, this.rest),
      element("span", { class: "ke-narrow" }, this.strings.openShort),
    )
    this.dom.dataset.count = String(count)
  }

  private get rest(): string {
    return (this.shown === 1 ? this.strings.openPoint : this.strings.openPoints).replace("{count}", "").trim()
  }
}
