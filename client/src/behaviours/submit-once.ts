/**
 * A form with `data-once` is sent once, however often its button is pressed. The button says so with the
 * words in its `data-busy`; coming back with the browser's button makes everything as it was.
 */
export function startSubmitOnce(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !("once" in form.dataset)) return
    if (form.dataset.sent) event.preventDefault()
    else if (!event.defaultPrevented) markSent(form, event.submitter)
  })
  page.defaultView?.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll<HTMLFormElement>("form[data-sent]")) restore(form)
  })
}

function markSent(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.dataset.sent = "true"
  const button = submitter ?? form.querySelector<HTMLElement>("button:not([type=button])")
  if (!button) return
  button.setAttribute("aria-disabled", "true") // not `disabled`: that would drop its name and value, and the focus
  const label = button.querySelector<HTMLElement>("[data-label]") ?? button
  const busy = button.dataset.busy ?? form.dataset.busy
  if (!busy) return
  label.dataset.idle = label.textContent ?? ""
  label.textContent = busy
}

function restore(form: HTMLFormElement): void {
  delete form.dataset.sent
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled")
  for (const label of form.querySelectorAll<HTMLElement>("[data-idle]")) {
    label.textContent = label.dataset.idle ?? ""
    delete label.dataset.idle
  }
}
