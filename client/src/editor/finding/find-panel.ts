/** The row in which one says what to find, and what to put there. */
import { closeButton, element } from "../../dom"
import type { Strings } from "../../strings"
import type { Query } from "./matches"

export interface FindActions {
  search(query: Query): void
  step(by: 1 | -1): void
  replace(words: string): void
  replaceAll(words: string): void
  close(): void
}

export class FindPanel {
  readonly dom: HTMLElement
  private readonly words: HTMLInputElement
  private readonly by: HTMLInputElement
  private readonly whole = element("input", { type: "checkbox" })
  private readonly exact = element("input", { type: "checkbox" })
  private readonly said = element("span", { class: "ke-find__said", role: "status" })
  private readonly replacing: HTMLElement

  constructor(
    strings: Strings,
    private readonly actions: FindActions,
  ) {
    this.words = field(strings.findWords)
    this.by = field(strings.findBy)
    const button = (label: string, run: () => void) => {
      const made = element("button", { type: "button", class: "ke-tool" }, label)
      made.addEventListener("click", run)
      return made
    }
    const tick = (box: HTMLInputElement, label: string) =>
      element("label", { class: "ke-find__tick" }, box, label)
    this.replacing = element(
      "span",
      { class: "ke-find__part" },
      this.by,
      button(strings.findReplace, () => actions.replace(this.by.value)),
      button(strings.findReplaceAll, () => actions.replaceAll(this.by.value)),
    )
    this.dom = element(
      "div",
      { class: "ke-find", role: "search", "aria-label": strings.findTool, hidden: "" },
      element(
        "span",
        { class: "ke-find__part" },
        this.words,
        button(strings.findBefore, () => actions.step(-1)),
        button(strings.findNext, () => actions.step(1)),
        this.said,
      ),
      element(
        "span",
        { class: "ke-find__part" },
        tick(this.whole, strings.findWhole),
        tick(this.exact, strings.findExact),
      ),
      this.replacing,
      closeButton(strings.pasteClose, () => this.close()),
    )
    for (const each of [this.words, this.whole, this.exact])
      each.addEventListener("input", () => this.search())
    this.dom.addEventListener("keydown", (event) => this.onKey(event))
  }

  /** Who may write nothing only finds. */
  setWriting(writing: boolean): void {
    this.replacing.hidden = !writing
  }

  open(words: string): void {
    this.dom.hidden = false
    if (words) this.words.value = words
    this.words.focus()
    this.words.select()
    this.search()
  }

  say(words: string): void {
    this.said.textContent = words
  }

  private close(): void {
    this.dom.hidden = true
    this.actions.close()
  }

  private search(): void {
    this.actions.search({ words: this.words.value, whole: this.whole.checked, exact: this.exact.checked })
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close()
    else if (event.key !== "Enter") return
    else if (event.target === this.words) this.actions.step(event.shiftKey ? -1 : 1)
    else if (event.target === this.by) this.actions.replace(this.by.value)
    else return
    event.preventDefault()
  }
}

function field(label: string): HTMLInputElement {
  return element("input", {
    type: "text",
    lang: "de",
    "aria-label": label,
    placeholder: label,
    class: "ke-find__field",
  })
}
