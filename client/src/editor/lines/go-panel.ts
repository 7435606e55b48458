/** The row in which one says where to go: „Zeile 42“, „Ziffer 7 b“. */
import { closeButton, element } from "../../dom"
import type { Strings } from "../../strings"

export interface GoActions {
  /** Says what is wrong; "" if one is there. */
  go(words: string): Promise<string>
  close(): void
}

export class GoPanel {
  readonly dom: HTMLFormElement
  private readonly words: HTMLInputElement
  private readonly said = element("span", { class: "ke-find__said", role: "status" })

  constructor(
    strings: Strings,
    private readonly actions: GoActions,
  ) {
    const label = strings.goWords
    this.words = element("input", {
      type: "text",
      "aria-label": label,
      placeholder: label,
      autocomplete: "off",
      maxlength: "30",
      class: "ke-find__field",
    })
    const go = element("button", { type: "submit", class: "ke-tool" }, strings.goThere)
    const part = element("span", { class: "ke-find__part" }, this.words, go, this.said)
    this.dom = element(
      "form",
      { class: "ke-find", "aria-label": strings.goTool, hidden: "" },
      part,
      closeButton(strings.pasteClose, () => this.close()),
    )
    this.dom.addEventListener("submit", (event) => {
      event.preventDefault()
      void this.submit()
    })
    this.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return
      event.preventDefault()
      this.close()
    })
  }

  open(): void {
    this.dom.hidden = false
    this.said.textContent = ""
    this.words.focus()
    this.words.select()
  }

  private async submit(): Promise<void> {
    const wrong = await this.actions.go(this.words.value)
    this.said.textContent = wrong
    if (!wrong) this.close()
  }

  private close(): void {
    this.dom.hidden = true
    this.actions.close()
  }
}
