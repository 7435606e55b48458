/** The open suggestions as a list beside the text, to be looked at, accepted and rejected. */
import { element } from "../../dom"
import type { Strings } from "../../strings"
import { authorWords, type Deed, deedsOf, isoTime, timeWords } from "./suggestion-words"
import type { Suggestion } from "./suggestions"

export interface SuggestionActions {
  answer(id: string, accept: boolean): void
  /** What may be answered to it. */
  answers(suggestion: Suggestion): readonly Answer[]
  show(id: string): void
  nameOf(person: number): string | null
}

export type Answer = "accept" | "reject"
type Act = "show" | Answer

export class SuggestionList {
  private readonly title = element("h2", { class: "ke-suggestions__title", tabindex: "-1" })
  private readonly list = element("ol", { class: "ke-suggestions__list" })
  private readonly none: HTMLElement
  private readonly announced = element("p", { class: "ke-visually-hidden", role: "status" })
  private shown = ""
  private suggestions: readonly Suggestion[] = []
  private editable = false

  constructor(
    place: HTMLElement,
    private readonly strings: Strings,
    private readonly actions: SuggestionActions,
  ) {
    this.none = element("p", { class: "ke-suggestions__none" }, strings.suggestionsNone)
    place.classList.add("ke-suggestions")
    place.replaceChildren(this.title, this.none, this.list, this.announced)
    this.update([])
  }

  update(suggestions: readonly Suggestion[]): void {
    this.suggestions = suggestions
    this.draw()
  }

  setEditable(editable: boolean): void {
    this.editable = editable
    this.draw()
  }

  announce(words: string): void {
    this.announced.textContent = words
  }

  private draw(): void {
    const items = this.suggestions.map((each) => this.describe(each))
    const now = JSON.stringify(items)
    if (now === this.shown) return
    this.shown = now
    const { strings, suggestions } = this
    this.title.textContent = suggestions.length
      ? `${strings.suggestionsTitle} (${suggestions.length})`
      : strings.suggestionsTitle
    this.none.hidden = suggestions.length > 0
    const focused = focusedButton(this.list)
    this.list.replaceChildren(...items.map((item, i) => this.makeItem(item, i)))
    if (focused) this.focus(focused)
  }

  private describe(suggestion: Suggestion): Item {
    return {
      id: suggestion.id,
      who: authorWords(suggestion, this.actions.nameOf, this.strings),
      when: timeWords(suggestion, document.documentElement.lang),
      iso: isoTime(suggestion),
      deeds: deedsOf(suggestion, this.strings),
      answers: this.editable ? this.actions.answers(suggestion) : [],
    }
  }

  private makeItem({ id, who, when, iso, deeds, answers }: Item, index: number): HTMLElement {
    const head = `suggestion-${index}`
    const time = when ? [element("time", { datetime: iso }, when)] : []
    const buttons = answers.map((answer) => this.makeButton(answer, this.strings[answer], id, head))
    return element(
      "li",
      { class: "ke-suggestion" },
      element("p", { class: "ke-suggestion__who", id: head }, element("strong", {}, who), " ", ...time),
      element("div", { class: "ke-suggestion__deeds" }, ...deeds.map(deedDom)),
      element(
        "div",
        { class: "ke-suggestion__buttons" },
        ...buttons,
        this.makeButton("show", this.strings.showInText, id, head),
      ),
    )
  }

  private makeButton(act: Act, label: string, id: string, head: string): HTMLButtonElement {
    const classes = act === "accept" ? "ke-button ke-button--primary" : "ke-button"
    const attributes = {
      type: "button",
      class: classes,
      "data-act": act,
      "data-id": id,
      "aria-describedby": head,
    }
    const button = element("button", attributes, label)
    button.addEventListener("click", () => this.press(act, id))
    return button
  }

  /** The focus goes on to the suggestion that takes the answered one's place. */
  private press(act: Act, id: string): void {
    if (act === "show") {
      this.actions.show(id)
      return
    }
    const index = this.suggestions.findIndex((each) => each.id === id)
    this.actions.answer(id, act === "accept")
    const next = this.suggestions[Math.min(index, this.suggestions.length - 1)]
    if (next) this.focus({ act, id: next.id })
    else this.title.focus()
    const words = act === "accept" ? this.strings.accepted : this.strings.rejected
    this.announce(words.replace("{count}", String(this.suggestions.length)))
  }

  private focus({ act, id }: { act: string; id: string }): void {
    const buttons = [...this.list.querySelectorAll<HTMLButtonElement>("button")]
    buttons.find(({ dataset }) => dataset.act === act && dataset.id === id)?.focus()
  }
}

interface Item {
  id: string
  who: string
  when: string
  iso: string
  deeds: Deed[]
  answers: readonly Answer[]
}

function focusedButton(list: HTMLElement): { act: string; id: string } | null {
  const { act, id } = list.querySelector<HTMLButtonElement>("button:focus")?.dataset ?? {}
  return act && id ? { act, id } : null
}

function deedDom({ type, words, quote }: Deed): HTMLElement {
  const tag = type === "kind" ? "span" : type
  const label = element("span", { class: "ke-suggestion__deed" }, quote ? `${words}: ` : words)
  return element("p", {}, label, ...(quote ? [element(tag, {}, quote)] : []))
}
