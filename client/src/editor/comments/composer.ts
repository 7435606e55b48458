/** The form in which a comment is written: words, whom they call, and for whom they are written down. */
import { element } from "../../dom"
import type { Strings } from "../../strings"
import { MentionBox } from "./mention-box"
import { isRefusal, type Names, type Words } from "./threads"

export interface ComposerEvents {
  /** Throws Refusal: what was typed stays. */
  send(words: Words): Promise<void>
  cancelled(): void
  /** It has another height. */
  changed(): void
}

/** As the server bounds it. */
const LONGEST = 4_000
const NOBODY: Names = { persons: [], municipalities: [], channels: [] }
let count = 0

export class Composer {
  readonly dom: HTMLFormElement
  private readonly field: HTMLTextAreaElement
  private readonly trouble = element("p", { class: "ke-thread__trouble", role: "alert", hidden: "" })
  private readonly send: HTMLButtonElement
  private readonly recorded = element("fieldset", { class: "ke-composer__recorded", hidden: "" })
  private readonly town = element("select", { name: "recordedFor" })
  private readonly channel = element("select", { name: "channel" })
  private readonly mentions: MentionBox
  private names: Names = NOBODY

  constructor(
    private readonly strings: Strings,
    askNames: () => Promise<Names>,
    body: string,
    private readonly events: ComposerEvents,
  ) {
    const id = `comment-words-${count++}`
    this.field = element("textarea", { id, rows: "3", maxlength: String(LONGEST), lang: "de" })
    this.field.value = body
    this.send = element(
      "button",
      { type: "submit", class: "ke-button ke-button--primary" },
      strings.commentSend,
    )
    const cancel = element("button", { type: "button", class: "ke-button" }, strings.cancel)
    cancel.addEventListener("click", () => events.cancelled())
    this.mentions = new MentionBox(this.field, strings)
    this.dom = element(
      "form",
      { class: "ke-composer" },
      element("label", { for: id }, strings.commentWords),
      this.field,
      this.mentions.dom,
      this.recorded,
      this.trouble,
      element("div", { class: "ke-composer__buttons" }, this.send, cancel),
    )
    this.dom.addEventListener("submit", (event) => {
      event.preventDefault()
      void this.submit()
    })
    this.dom.addEventListener("keydown", (event) => this.key(event))
    this.field.addEventListener("input", () => this.grow())
    void this.learn(askNames)
  }

  focus(): void {
    this.field.focus()
    this.bringIntoSight()
  }

  add(words: string): void {
    this.field.value += words
    this.field.dispatchEvent(new Event("input"))
  }

  /** Down to its buttons. */
  private bringIntoSight(): void {
    requestAnimationFrame(() => {
      if (this.dom.contains(document.activeElement)) this.dom.scrollIntoView?.({ block: "nearest" })
    })
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.stopPropagation()
      void this.submit()
    } else if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      if (!this.field.value.trim()) this.events.cancelled()
    }
  }

  private async submit(): Promise<void> {
    const body = this.field.value.trim()
    if (!body || this.send.disabled) return
    this.send.disabled = true
    this.trouble.hidden = true
    try {
      await this.events.send(this.words(body))
    } catch (error) {
      if (!isRefusal(error)) throw error
      this.trouble.textContent = error.message || this.strings.commentNoAnswer
      this.trouble.hidden = false
      this.events.changed()
    } finally {
      this.send.disabled = false
    }
  }

  private words(body: string): Words {
    const { persons, municipalities } = this.names
    const called = <T extends { name: string }>(those: readonly T[]) =>
      those.filter(({ name }) => body.includes(`@${name}`))
    const said =
      this.recorded.hidden || !this.town.value
        ? {}
        : { recordedFor: this.town.value, channel: this.channel.value }
    return {
      body,
      persons: called(persons).map(({ id }) => id),
      municipalities: called(municipalities).map(({ ags }) => ags),
      ...said,
    }
  }

  private grow(): void {
    this.field.rows = Math.min(12, Math.max(3, this.field.value.split("\n").length + 1))
    this.events.changed()
  }

  /** Who can be called is asked for once; without an answer one writes all the same. */
  private async learn(askNames: () => Promise<Names>): Promise<void> {
    try {
      this.names = await askNames()
    } catch {
      return
    }
    this.mentions.know(this.names)
    if (this.names.channels.length) this.offerRecording()
  }

  private offerRecording(): void {
    const { strings, names } = this
    const own = element("option", { value: "" }, strings.commentAsOneself)
    const towns = names.municipalities.map(({ ags, name }) => element("option", { value: ags }, name))
    this.town.replaceChildren(own, ...towns)
    this.channel.replaceChildren(
      ...names.channels.map(({ value, label }) => element("option", { value }, label)),
    )
    const how = element("label", { hidden: "" }, strings.commentHow, this.channel)
    this.town.addEventListener("change", () => {
      how.hidden = !this.town.value
      this.events.changed()
    })
    this.recorded.replaceChildren(element("label", {}, strings.commentFor, this.town), how)
    this.recorded.hidden = false
    this.events.changed()
    this.bringIntoSight()
  }
}
