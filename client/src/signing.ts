/**
 * What is shown is what is signed. The browser makes the text's digest again from the words on the page and
 * compares it with the form's before a button works; and before the authenticator is asked, it compares the
 * statement with the page, and the challenge with the statement. If anything differs the buttons stay off, a
 * sentence says what to do, and the server is told which link of the chain it was.
 */
import type { AskedDetail } from "./behaviours/passkey"
import { Differs } from "./signing/differs"
import { SignPage } from "./signing/page"
import { checkBegun } from "./signing/statement-check"
import { type Bytes, digest, same } from "./verify/bytes"
import type { JsonObject } from "./verify/canonical"

const BUTTONS = 'button[data-passkey="sign"], button[type="submit"]'

class Chain {
  readonly #sign: SignPage
  #proven: { readonly text: Bytes; readonly digest: string } | undefined

  constructor(sign: SignPage) {
    this.#sign = sign
  }

  get #form(): HTMLFormElement {
    return this.#sign.form
  }

  async start(): Promise<void> {
    this.#switch(false)
    this.#form.addEventListener("click", choose, { capture: true })
    this.#form.addEventListener("submit", (event) => this.#beforeCode(event))
    this.#form.addEventListener("passkey:asked", (event) => {
      const { detail } = event as CustomEvent<AskedDetail>
      detail.checks.push(this.#guarded(() => this.#beforePasskey(detail.begun)))
    })
    await this.#guarded(() => this.#proveText()).catch(() => {})
  }

  async #proveText(): Promise<void> {
    if (!globalThis.crypto?.subtle) return this.#say(this.#form.dataset.textUnable)
    const text = this.#sign.textBytes()
    const found = await digest(text)
    if (found !== this.#sign.field("digest")) throw new Differs("text")
    this.#proven = { text, digest: found }
    this.#say(this.#form.dataset.textChecked)
    this.#switch(true)
  }

  /** The text could have been changed since. */
  #digest(): string {
    if (!this.#proven || !same(this.#sign.textBytes(), this.#proven.text)) throw new Differs("text")
    if (this.#sign.field("digest") !== this.#proven.digest) throw new Differs("digest")
    return this.#proven.digest
  }

  async #beforePasskey(begun: JsonObject): Promise<void> {
    await checkBegun(begun, this.#sign.shown(this.#digest()))
  }

  /** The server compares the sentence that was shown with its own. */
  #beforeCode(event: Event): void {
    try {
      this.#digest()
      const shown = this.#form.querySelector<HTMLInputElement>('input[name="shown"]')
      if (shown) shown.value = this.#sign.wording()
    } catch (error) {
      event.preventDefault()
      this.#refuse(error)
    }
  }

  async #guarded(check: () => Promise<void>): Promise<void> {
    try {
      await check()
    } catch (error) {
      this.#refuse(error)
      throw new Error(this.#form.dataset.textDiffers ?? "")
    }
  }

  #refuse(error: unknown): void {
    this.#proven = undefined
    this.#switch(false)
    this.#say(this.#form.dataset.textDiffers)
    void this.#alarm(error instanceof Differs ? error.link : "check")
  }

  #switch(on: boolean): void {
    for (const button of this.#form.querySelectorAll<HTMLButtonElement>(BUTTONS)) button.disabled = !on
  }

  #say(words: string | undefined): void {
    const place = document.getElementById(this.#form.dataset.chain ?? "")
    if (!place) return
    place.textContent = words ?? ""
    place.classList.toggle("is-alert", words === this.#form.dataset.textDiffers)
  }

  /** No word of the text leaves the page. */
  async #alarm(link: string): Promise<void> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ""
    await fetch(this.#form.dataset.alarm ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
      body: JSON.stringify({ link }),
    }).catch(() => {})
  }
}

/** A button that carries an answer chooses it: its sentence is shown, and compared, like any other's. */
function choose(event: Event): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-choose]") : null
  const radios = (event.currentTarget as HTMLFormElement).querySelectorAll<HTMLInputElement>("[name=answer]")
  for (const radio of button ? radios : []) radio.checked = radio.value === button?.dataset.choose
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-chain]"))
  void new Chain(new SignPage(document, form)).start()
