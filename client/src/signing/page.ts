/** What the sign page shows and what was typed there, as the statement has to say it. */

import { Differs } from "./differs"
import { shownBytes } from "./shown-text"
import type { Shown } from "./statement-check"

/** Which fields belong to an answer, by the statement's member: `server/web/sign_offs/replies.py`. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  signs: {},
  signs_with_statement: { text: "statement" },
  subject_to_council: {
    text: "council_statement",
    council_date: "council_date",
    council_body: "council_body",
    council_reference: "council_reference",
  },
  declines: { text: "reason" },
}
const NOTHING = { text: "", council_date: "", council_body: "", council_reference: "" }

export class SignPage {
  readonly form: HTMLFormElement
  readonly #page: Document

  constructor(page: Document, form: HTMLFormElement) {
    this.#page = page
    this.form = form
  }

  /** The canonical bytes of the text. Throws Differs for a text that cannot be one. */
  textBytes(): ReturnType<typeof shownBytes> {
    const articles = this.#page.querySelectorAll("[data-signed-text]")
    try {
      const [article] = articles
      if (!article || articles.length > 1) throw new Differs("text")
      return shownBytes(article)
    } catch {
      throw new Differs("text")
    }
  }

  field(name: string): string {
    const value = new FormData(this.form).get(name)
    return typeof value === "string" ? value : ""
  }

  /** The sentence below the chosen answer; empty where none is chosen. */
  wording(): string {
    const chosen = this.form.querySelector<HTMLInputElement>('input[name="answer"]:checked')
    return chosen?.closest("[data-choice]")?.querySelector("[data-wording]")?.textContent ?? ""
  }

  shown(digest: string): Shown {
    const { form } = this
    return {
      digest,
      revision: form.dataset.revision ?? "",
      slug: form.dataset.slug ?? "",
      title: form.dataset.title ?? "",
      ags: this.field("municipality"),
      wording: this.wording(),
      signatory: form.querySelector("[data-signatory]")?.textContent ?? "",
      reason: asRead(this.field("representation")),
      says: this.#says(),
    }
  }

  #says(): Record<string, string> {
    const answer = this.field("answer")
    const fields = Object.hasOwn(FIELDS, answer) ? FIELDS[answer] : {}
    const typed = Object.entries(fields ?? {}).map(([member, name]) => [member, asRead(this.field(name))])
    const says = { ...NOTHING, answer, ...Object.fromEntries(typed) }
    // a reason for the coordination alone is no part of what is signed
    return answer === "declines" && this.field("reason_is") !== "public" ? { ...says, text: "" } : says
  }
}

/** As the server reads a field: no white space at its ends, lines ended by a line feed. */
function asRead(value: string): string {
  return value.replace(/\r\n?/g, "\n").replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "")
}
