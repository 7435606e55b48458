/** The check on the server without leaving the page, so that the file can stay beside its report. */
import { startPrinting } from "../../behaviours/print"

/**
 * `isWanted` is asked when the form is sent; otherwise, and where the answer is no report, the browser sends it
 * itself. `answered` gets the place where the report now stands.
 */
export function startServerCheck(
  form: HTMLFormElement,
  busy: string,
  isWanted: () => boolean,
  answered: (file: File, place: HTMLElement) => void,
): void {
  let sent = false
  form.addEventListener("submit", async (event) => {
    const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0]
    if (sent) event.preventDefault()
    if (sent || !file || !isWanted()) return
    event.preventDefault()
    sent = true
    const label = form.querySelector("button .kern-label")
    if (label) label.textContent = busy
    const report = await ask(form).catch(() => undefined)
    const place = report && replaceMain(report)
    if (place) answered(file, place)
    else form.submit()
  })
}

/** The page that the server answers with; undefined for anything but a report. */
async function ask(form: HTMLFormElement): Promise<Document | undefined> {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) })
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  return answer.ok && page.querySelector("main .k-verdict") ? page : undefined
}

function replaceMain(page: Document): HTMLElement | undefined {
  const [here, there] = [document.querySelector("main"), page.querySelector("main")]
  if (!here || !there) return undefined
  here.replaceChildren(...there.childNodes)
  document.title = page.title
  startPrinting(document)
  scrollTo({ top: 0 })
  here.focus({ preventScroll: true })
  return here.querySelector<HTMLElement>(":scope > .k-wrap") ?? undefined
}
