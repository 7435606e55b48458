/** Offers names once "@" is typed: a list below the field, led by arrow keys, chosen by Enter, Tab or a press. */
import { element } from "../../dom"
import type { Strings } from "../../strings"
import type { Names } from "./threads"

const MOST = 6

interface Choice {
  name: string
  /** What tells two of the same name apart. */
  more: string
}

export class MentionBox {
  readonly dom = element("ul", { class: "ke-mentions", role: "listbox", hidden: "" })
  private names: Names = { persons: [], municipalities: [], channels: [] }
  private choices: readonly Choice[] = []
  private at = 0

  constructor(
    private readonly field: HTMLTextAreaElement,
    strings: Strings,
  ) {
    this.dom.id = `${field.id}-names`
    this.dom.setAttribute("aria-label", strings.commentMention)
    field.setAttribute("aria-autocomplete", "list")
    field.addEventListener("input", () => this.offer())
    field.addEventListener("click", () => this.offer())
    field.addEventListener("blur", () => this.close())
    field.addEventListener("keydown", (event) => this.key(event))
  }

  /** Whom it may offer, also for a name that is begun already. */
  know(names: Names): void {
    this.names = names
    if (this.field.matches(":focus")) this.offer()
  }

  private offer(): void {
    const begun = begunName(this.field.value.slice(0, this.field.selectionStart))
    this.choices = begun === null ? [] : matching(this.names, begun)
    this.at = 0
    this.draw()
  }

  private close(): void {
    this.choices = []
    this.draw()
  }

  private key(event: KeyboardEvent): void {
    const { length } = this.choices
    if (!length || event.isComposing) return
    const keys: Record<string, () => void> = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(length - 1),
      Enter: () => this.choose(this.at),
      Tab: () => this.choose(this.at),
      Escape: () => this.close(),
    }
    const act = event.ctrlKey || event.metaKey ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  private move(by: number): void {
    this.at = (this.at + by) % this.choices.length
    this.draw()
  }

  private choose(index: number): void {
    const choice = this.choices[index]
    const { value, selectionStart: caret } = this.field
    const begun = begunName(value.slice(0, caret))
    if (!choice || begun === null) return
    const before = `${value.slice(0, caret - begun.length)}${choice.name} `
    this.field.value = before + value.slice(caret).replace(/^ /, "")
    this.field.setSelectionRange(before.length, before.length)
    this.close()
    this.field.focus()
  }

  private draw(): void {
    const { choices, field, dom } = this
    dom.hidden = choices.length === 0
    dom.replaceChildren(...choices.map((choice, i) => this.item(choice, i)))
    if (choices.length) {
      field.setAttribute("aria-controls", dom.id)
      field.setAttribute("aria-activedescendant", `${dom.id}-${this.at}`)
    } else field.removeAttribute("aria-activedescendant")
  }

  private item({ name, more }: Choice, index: number): HTMLElement {
    const attributes = {
      role: "option",
      id: `${this.dom.id}-${index}`,
      "aria-selected": String(index === this.at),
    }
    const item = element("li", attributes, name, ...(more ? [element("small", {}, ` ${more}`)] : []))
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault() // the field keeps the focus
      this.choose(index)
    })
    return item
  }
}

/** What stands behind the last "@" if a name can be meant: it begins a word and is not long. */
export function begunName(before: string): string | null {
  const found = /(?:^|[\s(])@([^@\n]{0,40})$/.exec(before)
  return found?.[1] === undefined || /\s\S*\s/.test(found[1]) ? null : found[1]
}

/** Those whose name has a word that begins so, people first. */
export function matching({ persons, municipalities }: Names, begun: string): Choice[] {
  const wanted = begun.toLocaleLowerCase("de")
  const begins = ({ name }: { name: string }) =>
    name.toLocaleLowerCase("de").startsWith(wanted) ||
    name
      .toLocaleLowerCase("de")
      .split(/[\s/-]/)
      .some((word) => word.startsWith(wanted))
  const people = persons.map(({ name, municipality }) => ({ name, more: municipality }))
  const towns = municipalities.map(({ name }) => ({ name, more: "" }))
  return [...people, ...towns].filter(begins).slice(0, MOST)
}
