/**
 * Passkeys: an element with `data-passkey="register|sign"` asks the server at `data-begin` for options, the
 * authenticator for an answer, and brings it to `data-finish`. The fields of its form go along with both
 * requests. With `data-setup-begin` and `-finish` a passkey is set up first; with `data-after="submit"` the form
 * itself is sent at the end: it waited for the proof. With `data-guarded` the authenticator is asked only after
 * somebody has heard the event `passkey:asked` and their checks have passed. What goes wrong is said in the element whose id is
 * `data-status`. Buttons that need a script are hidden until this one has come.
 */
import { creationOptions, credentialJson, requestOptions } from "./webauthn-json"

type Json = Record<string, unknown>

/** Of the event `passkey:asked`. `begun`: the server's answer; a check that fails ends the ceremony. */
export interface AskedDetail {
  readonly begun: Json
  readonly checks: Promise<void>[]
}

/** A refusal that carries the server's own sentence. */
class Refused extends Error {
  /** Where it can be mended, if there is such a page. */
  readonly location: string | undefined

  constructor(error: Json = {}) {
    super(error.message as string | undefined)
    this.location = error.location as string | undefined
  }
}

export function startPasskeys(page: Document): void {
  for (const button of page.querySelectorAll<HTMLElement>("button[data-passkey][hidden]"))
    button.hidden = false
  page.addEventListener("submit", (event) => handle(event, event.target))
  page.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-passkey]") : null
    if (!(target instanceof HTMLFormElement)) handle(event, target)
  })
}

function handle(event: Event, target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || !target.dataset.passkey) return
  event.preventDefault()
  void run(target)
}

async function run(target: HTMLElement): Promise<void> {
  if (target.getAttribute("aria-busy") === "true") return
  if (target.closest("form")?.reportValidity() === false) return
  target.setAttribute("aria-busy", "true")
  say(target, target.dataset.textWaiting ?? "")
  try {
    if (!("PublicKeyCredential" in window)) throw new Refused({ message: target.dataset.textUnsupported })
    const address = await ceremony(target)
    if (target instanceof HTMLFormElement && target.dataset.after === "submit") target.submit()
    else location.assign(address)
  } catch (error) {
    if (error instanceof Refused && error.location) location.assign(error.location)
    say(target, explain(target, error))
  } finally {
    target.removeAttribute("aria-busy")
  }
}

/** The address to go to. */
async function ceremony(target: HTMLElement): Promise<string> {
  const { passkey, begin = "", finish = "" } = target.dataset
  const form = target.closest("form")
  const fields = form ? formFields(form) : {}
  if (target.dataset.setupBegin) await setUp(target, fields)
  const begun = await post(begin, fields)
  await ensureChecked(target, begun)
  const { challenge_id, options } = begun
  const credential =
    passkey === "register"
      ? await navigator.credentials.create({ publicKey: creationOptions(options as Json) })
      : await navigator.credentials.get({ publicKey: requestOptions(options as Json) })
  const answer = await post(finish, { ...fields, challenge_id, response: answered(credential) })
  return String(answer.location)
}

/** Nothing is signed unchecked, also where the checks did not load. */
async function ensureChecked(target: HTMLElement, begun: Json): Promise<void> {
  if (target.dataset.guarded === undefined) return
  const checks: Promise<void>[] = []
  const detail: AskedDetail = { begun, checks }
  target.dispatchEvent(new CustomEvent("passkey:asked", { bubbles: true, detail }))
  if (checks.length === 0) throw new Refused({ message: target.dataset.textUnchecked })
  try {
    await Promise.all(checks)
  } catch {
    throw new Refused({ message: target.dataset.textUnchecked })
  }
}

/** A passkey first, and then what it is for. Some browsers want a second press for the second ceremony. */
async function setUp(target: HTMLElement, fields: Json): Promise<void> {
  const { setupBegin = "", setupFinish = "" } = target.dataset
  const { challenge_id, options } = await post(setupBegin, fields)
  const credential = await navigator.credentials.create({ publicKey: creationOptions(options as Json) })
  await post(setupFinish, { ...fields, challenge_id, response: answered(credential) })
  delete target.dataset.setupBegin
  target.dataset.textCancelled = target.dataset.textAgain
}

function answered(credential: Credential | null): Json {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no credential came back")
  return credentialJson(credential)
}

function formFields(form: HTMLFormElement): Json {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"))
}

async function post(url: string, body: Json): Promise<Json> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ""
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
    body: JSON.stringify(body),
  })
  const json = (await answer.json()) as Json
  if (!answer.ok) throw new Refused(json.error as Json | undefined)
  return json
}

function explain(target: HTMLElement, error: unknown): string {
  const { textCancelled = "", textFailed = "", textKnown = textFailed } = target.dataset
  if (error instanceof Refused) return error.message || textFailed
  // the specification gives the same name to "cancelled" and "timed out", so that pages learn nothing more
  if (error instanceof DOMException && ["NotAllowedError", "AbortError"].includes(error.name))
    return textCancelled
  if (error instanceof DOMException && error.name === "InvalidStateError") return textKnown
  console.error(error)
  return textFailed
}

function say(target: HTMLElement, words: string): void {
  const place = document.getElementById(target.dataset.status ?? "")
  if (place) place.textContent = words
}
