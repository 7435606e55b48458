// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest"
import { startSubmitOnce } from "../src/behaviours/submit-once"

startSubmitOnce(document)

beforeEach(() => {
  document.body.innerHTML =
    '<form data-once><button data-busy="Wird gesendet …"><span data-label>Senden</span></button></form>'
})

function submit(): { sent: boolean; button: HTMLButtonElement } {
  const [form, button] = [document.querySelector("form"), document.querySelector("button")]
  if (!form || !button) throw new Error("the form is missing")
  const event = new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: button })
  return { sent: form.dispatchEvent(event), button }
}

test("a form is sent once, and its button says so", () => {
  expect(submit()).toMatchObject({ sent: true })
  const { sent, button } = submit()
  expect(sent).toBe(false)
  expect(button.textContent).toBe("Wird gesendet …")
  expect(button.getAttribute("aria-disabled")).toBe("true")
  expect(button.disabled).toBe(false)
})

test("coming back with the browser's button makes everything as it was", () => {
  submit()
  window.dispatchEvent(new Event("pageshow"))
  const { sent, button } = submit()
  expect(sent).toBe(true)
  window.dispatchEvent(new Event("pageshow"))
  expect(button.textContent).toBe("Senden")
  expect(button.hasAttribute("aria-disabled")).toBe(false)
})

test("other forms are left alone", () => {
  document.querySelector("form")?.removeAttribute("data-once")
  submit()
  expect(submit().sent).toBe(true)
})
