/** Signing out takes away what this site keeps in the browser for times without a connection. */
import { removeTraces } from "../sync/local-traces"

const SIGN_OUT = 'form[action="/logout"]'
/** Milliseconds; nobody stays signed in because a browser's storage hangs. */
const LONGEST = 2_000

export function startSignOut(page: Document): void {
  if (!page.querySelector(SIGN_OUT)) void tidy() // signed out elsewhere, or the session has ended
  page.addEventListener("submit", (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.matches(SIGN_OUT) || event.defaultPrevented) return
    event.preventDefault()
    void tidy().then(() => form.submit())
  })
}

async function tidy(): Promise<void> {
  const timeout = new Promise((resolve) => setTimeout(resolve, LONGEST))
  try {
    await Promise.race([removeTraces(), timeout])
  } catch (error) {
    console.warn("this browser does not let its storage be emptied", error)
  }
}
