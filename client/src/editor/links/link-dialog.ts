/** Asks for a link's address in a modal dialog; refuses with a sentence what may not be linked. */
import { type EditorState, TextSelection, type Transaction } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { element } from "../../dom"
import type { Strings } from "../../strings"
import { schema } from "../text/schema"
import { readHref } from "./links"

interface Range {
  from: number
  to: number
  href: string
}

/** The selection, or the whole link around the caret. */
export function linkRange(state: EditorState): Range {
  const { from, to, empty, $from } = state.selection
  const mark =
    schema.marks.link.isInSet($from.marks()) ?? schema.marks.link.isInSet($from.nodeAfter?.marks ?? [])
  const href = mark ? String(mark.attrs.href) : ""
  if (!empty || !mark) return { from, to, href }
  const range: Range = { from, to, href }
  const start = $from.start()
  $from.parent.forEach((inline, offset) => {
    const [a, b] = [start + offset, start + offset + inline.nodeSize]
    if (mark.isInSet(inline.marks) && a <= range.to && b >= range.from)
      Object.assign(range, spread(range, a, b))
  })
  return range
}

function spread({ from, to }: Range, a: number, b: number): { from: number; to: number } {
  return { from: Math.min(from, a), to: Math.max(to, b) }
}

/** Sets the link on the range; on an empty range the address itself is written. */
export function setLink(state: EditorState, { from, to }: Range, href: string): Transaction {
  const mark = schema.mark("link", { href })
  if (from === to) return state.tr.replaceWith(from, to, schema.text(href.replace(/^mailto:/i, ""), [mark]))
  return state.tr.removeMark(from, to, schema.marks.link).addMark(from, to, mark)
}

export class LinkDialog {
  readonly dom: HTMLDialogElement
  private readonly input: HTMLInputElement
  private readonly error: HTMLElement
  private readonly removeButton: HTMLButtonElement

  constructor(
    private readonly view: EditorView,
    private readonly strings: Strings,
  ) {
    const described = { type: "text", inputmode: "url", autocomplete: "off", id: "link-address" }
    this.input = element("input", { ...described, "aria-describedby": "link-hint link-error" })
    this.error = element("p", { id: "link-error", class: "ke-dialog__error", role: "alert" })
    this.removeButton = this.makeButton(strings.linkRemove, () => this.remove())
    this.dom = this.makeDialog()
    this.input.addEventListener("input", () => this.complain(false))
  }

  open(): boolean {
    const { href } = linkRange(this.view.state)
    this.input.value = href
    this.removeButton.hidden = !href
    this.complain(false)
    this.dom.showModal()
    this.input.select()
    return true
  }

  private makeDialog(): HTMLDialogElement {
    const { strings } = this
    const apply = element(
      "button",
      { type: "submit", class: "ke-button ke-button--primary" },
      strings.linkApply,
    )
    const cancel = this.makeButton(strings.cancel, () => this.close())
    const form = element(
      "form",
      { novalidate: "" },
      element("h2", { id: "link-title" }, strings.linkTitle),
      element("label", { for: "link-address" }, strings.linkAddress),
      element("p", { id: "link-hint", class: "ke-dialog__hint" }, strings.linkHint),
      this.input,
      this.error,
      element("div", { class: "ke-dialog__buttons" }, apply, this.removeButton, cancel),
    )
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.apply()
    })
    return element("dialog", { class: "ke-dialog", "aria-labelledby": "link-title" }, form)
  }

  private makeButton(label: string, act: () => void): HTMLButtonElement {
    const button = element("button", { type: "button", class: "ke-button" }, label)
    button.addEventListener("click", act)
    return button
  }

  private apply(): void {
    const href = readHref(this.input.value)
    if (!href) {
      this.complain(true)
      return
    }
    const { state } = this.view
    const range = linkRange(state)
    const tr = setLink(state, range, href)
    const end = Math.max(tr.mapping.map(range.to), range.to)
    this.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end)).setStoredMarks([]))
    this.close()
  }

  private remove(): void {
    const { from, to } = linkRange(this.view.state)
    this.view.dispatch(this.view.state.tr.removeMark(from, to, schema.marks.link))
    this.close()
  }

  private complain(refused: boolean): void {
    this.error.textContent = refused ? this.strings.linkRefused : ""
    this.input.setAttribute("aria-invalid", String(refused))
    if (refused) this.input.focus()
  }

  private close(): void {
    this.dom.close()
    this.view.focus()
  }
}
