// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { startPasskeys } from "../src/behaviours/passkey"

/** Milliseconds; finds what hangs, also on a busy machine. */
const TIMEOUT = 300_000

startPasskeys(document)

class FakeCredential {
  static parseCreationOptionsFromJSON = (json: unknown) => json
  static parseRequestOptionsFromJSON = (json: unknown) => json
  toJSON = () => ({ id: "key" })
}

const fetched = vi.fn()
const create = vi.fn()
const get = vi.fn()

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  document.head.innerHTML = '<meta name="csrf-token" content="token">'
  document.body.innerHTML = `
    <form data-passkey="sign" data-begin="/begin" data-finish="/finish" data-status="words"
      data-text-waiting="Bitte warten" data-text-cancelled="Abgebrochen" data-text-failed="Fehlgeschlagen"
      data-text-unsupported="Kein Passkey"><input name="answer" value="signs"></form><p id="words"></p>`
  vi.stubGlobal("PublicKeyCredential", FakeCredential)
  vi.stubGlobal("navigator", { credentials: { create, get } })
  vi.stubGlobal("fetch", fetched)
  for (const mock of [fetched, create, get]) mock.mockReset()
  get.mockResolvedValue(new FakeCredential())
  answers({ challenge_id: 5, options: {} }, { location: "#done" })
})

afterEach(() => vi.unstubAllGlobals())

function answers(...bodies: unknown[]): void {
  for (const body of bodies) fetched.mockResolvedValueOnce({ ok: true, json: async () => body })
}

async function submit(): Promise<string> {
  const form = document.querySelector("form")
  form?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }))
  await vi.waitFor(() => expect(form?.hasAttribute("aria-busy")).toBe(false), TIMEOUT)
  return document.getElementById("words")?.textContent ?? ""
}

test("the form's fields and the token go along with both requests", async () => {
  await submit()
  const [begin, finish] = fetched.mock.calls.map(([url, { headers, body }]) => ({
    url,
    token: headers["X-CSRF-Token"],
    body: JSON.parse(body),
  }))
  expect(begin).toEqual({ url: "/begin", token: "token", body: { answer: "signs" } })
  expect(finish).toEqual({
    url: "/finish",
    token: "token",
    body: { answer: "signs", challenge_id: 5, response: { id: "key" } },
  })
  expect(location.hash).toBe("#done")
})

test("who cancels is told just that", async () => {
  get.mockRejectedValue(new DOMException("", "NotAllowedError"))
  expect(await submit()).toBe("Abgebrochen")
})

test("the server's own sentence is shown when it refuses", async () => {
  fetched.mockReset()
  fetched.mockResolvedValueOnce({ ok: false, json: async () => ({ error: { message: "Zu spät." } }) })
  expect(await submit()).toBe("Zu spät.")
})

test("anything else that goes wrong has failed", async () => {
  get.mockRejectedValue(new TypeError("broken"))
  expect(await submit()).toBe("Fehlgeschlagen")
})

test("a browser without passkeys is told so, and nothing is sent", async () => {
  vi.stubGlobal("PublicKeyCredential", undefined)
  Reflect.deleteProperty(globalThis, "PublicKeyCredential")
  expect(await submit()).toBe("Kein Passkey")
  expect(fetched).not.toHaveBeenCalled()
})

test("a refusal that can be mended elsewhere leads there", async () => {
  fetched.mockReset()
  const error = { message: "Bitte bestätigen.", location: "#confirm" }
  fetched.mockResolvedValueOnce({ ok: false, json: async () => ({ error }) })
  await submit()
  expect(location.hash).toBe("#confirm")
})

test("a form that waited for the proof is sent itself", async () => {
  const form = document.querySelector("form") as HTMLFormElement
  form.dataset.after = "submit"
  const sent = vi.spyOn(form, "submit").mockImplementation(() => {})
  await submit()
  expect(sent).toHaveBeenCalledOnce()
})
