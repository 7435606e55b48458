/**
 * "?" outside of fields and text, and every link `data-shortcuts`, show the list of shortcuts in a dialog. It is
 * a page of its own: where the dialog cannot be shown, that page is opened.
 */
const ADDRESS = "/help/shortcuts"

export function startShortcuts(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    event.preventDefault()
    void show(page)
  })
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-shortcuts]") : null
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    void show(page)
  })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches("input, textarea, select, [contenteditable]")
}

async function show(page: Document): Promise<void> {
  if (page.querySelector("dialog[open]")) return
  const list = await load().catch(() => null)
  if (!list) {
    location.assign(ADDRESS)
    return
  }
  const dialog = page.createElement("dialog")
  dialog.className = "k-dialog"
  dialog.setAttribute("aria-labelledby", "shortcuts-title")
  const close = page.createElement("form")
  close.method = "dialog"
  close.className = "k-dialog__close"
  const button = page.createElement("button")
  button.className = "kern-btn kern-btn--secondary"
  button.textContent = list.dataset.close ?? ""
  close.append(button)
  dialog.append(close, list)
  dialog.addEventListener("close", () => dialog.remove())
  page.body.append(dialog)
  dialog.showModal()
  button.focus()
}

/** The list as the server shows it, in the page's language. */
async function load(): Promise<HTMLElement | null> {
  const answer = await fetch(ADDRESS, { headers: { Accept: "text/html" } })
  if (!answer.ok) return null
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#shortcuts")
}
