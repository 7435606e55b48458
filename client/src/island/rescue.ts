/** Offers the text as a file when it holds changes that this page can no longer bring to the server. */
import { element } from "../dom"
import type { Strings } from "../strings"

export class Rescue {
  readonly dom = element("div", { class: "ke-rescue", role: "alert", hidden: "" })
  /** Stands beside the other, since both can be there at once. */
  readonly refused = element("div", { class: "ke-rescue", role: "alert", hidden: "" })
  private readonly button: HTMLButtonElement

  /** `read` gives the text as it stands in the page. */
  constructor(
    private readonly strings: Strings,
    private readonly read: () => string,
  ) {
    this.button = element("button", { type: "button", class: "ke-button" }, strings.rescueSave)
    this.button.addEventListener("click", () => this.save())
  }

  offer(needed: boolean): void {
    if (needed === !this.dom.hidden) return
    this.dom.hidden = !needed
    this.dom.replaceChildren(...(needed ? [element("p", {}, this.strings.rescueWords), this.button] : []))
  }

  /** From now on the words outlive the page. */
  markKept(): void {
    this.dom.dataset.kept = ""
  }

  private save(): void {
    this.saveFile(this.read())
  }

  /** Words that the server has refused, until somebody says that they are not needed: `forget`. */
  offerRefused(words: string, forget: () => void): void {
    const save = element("button", { type: "button", class: "ke-button" }, this.strings.rescueSave)
    const drop = element("button", { type: "button", class: "ke-button" }, this.strings.refusedForget)
    save.addEventListener("click", () => this.saveFile(words))
    drop.addEventListener("click", () => {
      this.refused.hidden = true
      forget()
    })
    this.refused.replaceChildren(element("p", {}, this.strings.refusedWords), save, drop)
    this.refused.hidden = false
  }

  private saveFile(words: string): void {
    const address = URL.createObjectURL(new Blob([words], { type: "text/plain;charset=utf-8" }))
    element("a", { href: address, download: `${this.strings.rescueFile}.txt` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000) // the browser may read it a moment later
  }
}
