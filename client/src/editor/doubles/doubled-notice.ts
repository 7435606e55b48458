/**
 * Says that words stand in the text twice, beside the toolbar and in sight, until they do not or the reader
 * closes it. It is read out (`role="status"`) and takes no focus.
 */
import { element } from "../../dom"
import type { Strings } from "../../strings"

export interface DoubledActions {
  show(): void
  remove(): void
  close(): void
}

export class DoubledNotice {
  readonly dom: HTMLElement
  /** Always there, so that screen readers hear what comes into it. */
  private readonly words = element("p", { class: "ke-doubled__words", role: "status" })
  private readonly buttons = element("div", { class: "ke-doubled__buttons" })
  private readonly removeButton: HTMLButtonElement

  constructor(strings: Strings, { show, remove, close }: DoubledActions) {
    this.removeButton = button(strings.doubledRemove, remove)
    this.buttons.append(
      button(strings.showInText, show),
      this.removeButton,
      button(strings.doubledClose, close),
    )
    this.dom = element(
      "div",
      { class: "ke-doubled", role: "group", "aria-label": strings.doubledLabel, "data-open": "false" },
      this.words,
      this.buttons,
    )
    this.say("")
    this.setEditable(false)
  }

  /** "" for nothing. */
  say(words: string): void {
    if (this.words.textContent !== words) this.words.textContent = words
    this.buttons.hidden = !words
    this.dom.dataset.open = String(words !== "")
  }

  setEditable(editable: boolean): void {
    this.removeButton.hidden = !editable
  }

  get hasFocus(): boolean {
    return this.dom.contains(document.activeElement)
  }
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "ke-button" }, label)
  made.addEventListener("click", press)
  return made
}
