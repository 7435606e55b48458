/**
 * Says whether everything is saved. That a key is on its way is said once it takes a moment, so that the line
 * does not flicker with every key; everything else at once to the eye, and to the ear when it has lasted, so that
 * no screen reader speaks all the time.
 */
import { element, icon, setAttribute } from "../dom"
import type { StringKey, Strings } from "../strings"
import type { Status } from "../sync/provider"
import { type PageRights, statusKey } from "./sentences"

const CHECK = "m5 13 4 4L19 7"
const DOTS = "M6 12h.01M12 12h.01M18 12h.01"
const CLOUD_OFF = "m3 3 18 18M8 8a5 5 0 0 0-1 10h10M20 16a4 4 0 0 0-3-6 6 6 0 0 0-5-4"
const LOCK = "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z"

const ICONS: Partial<Record<StringKey, string>> = {
  statusSaved: CHECK,
  statusConnecting: DOTS,
  statusUnsaved: DOTS,
  statusReadOnly: LOCK,
}

/** Milliseconds that saving may take before it is worth a word: less than anybody sees. */
const SAVING_AFTER = 100
/** Milliseconds that a state must last to be announced. */
const ANNOUNCE_AFTER = 1_500

export class StatusLine {
  readonly dom: HTMLElement
  private readonly words = element("span", { class: "ke-status__words", "aria-hidden": "true" })
  private readonly announced = element("span", { class: "ke-visually-hidden" })
  private readonly sign = element("span", { class: "ke-status__icon" })
  private shown: StringKey | null = null
  private due: StringKey | null = null
  private saving: ReturnType<typeof setTimeout> | undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly strings: Strings,
    private readonly page: PageRights,
  ) {
    const attributes = { class: "ke-status", role: "status", "aria-live": "polite" }
    this.dom = element("p", attributes, this.sign, this.words, this.announced)
  }

  /** `kept`: what is unsaved would survive closing the page. */
  update(status: Status, kept: boolean): void {
    setAttribute(this.dom, "data-saved", String(status.saved))
    setAttribute(this.dom, "data-connection", status.connection)
    const key = statusKey(status, this.page, kept)
    if (key === this.due) return
    this.due = key
    clearTimeout(this.saving)
    if (key === "statusUnsaved" && this.shown === "statusSaved") {
      this.saving = setTimeout(() => this.show(key), SAVING_AFTER)
    } else this.show(key)
  }

  private show(key: StringKey): void {
    if (key === this.shown) return
    this.shown = key
    this.words.textContent = this.strings[key]
    this.sign.replaceChildren(icon(ICONS[key] ?? CLOUD_OFF))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.announce(this.strings[key]), ANNOUNCE_AFTER)
  }

  private announce(words: string): void {
    if (this.announced.textContent !== words) this.announced.textContent = words
  }
}
