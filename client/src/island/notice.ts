/** What is wrong, and the way on where a link leads there. */
import { element } from "../dom"
import type { StringKey, Strings } from "../strings"

export class Notice {
  readonly dom = element("p", { class: "ke-editor__notice", role: "alert" })
  private shown: StringKey | null = null

  /** `address`: of this page, which asks for a new sign-in by itself. */
  constructor(
    private readonly strings: Strings,
    private readonly address: string,
  ) {
    this.dom.hidden = true
  }

  /** Null: there is nothing to say. */
  show(key: StringKey | null): void {
    if (key === this.shown) return
    this.shown = key
    this.dom.hidden = key === null
    this.dom.replaceChildren(...(key ? [this.strings[key]] : []))
    if (key === "stoppedSignedOut") this.dom.append(" ", this.wayBack())
  }

  private wayBack(): HTMLElement {
    return element("a", { href: this.address }, this.strings.signInAgain)
  }
}
