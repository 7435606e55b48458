/** A button `data-print` that prints the page, or saves it as PDF, with everything unfolded. */
export function startPrinting(page: Document): void {
  for (const button of page.querySelectorAll<HTMLElement>("button[data-print]")) {
    button.hidden = false
    button.addEventListener("click", () => printAll(page))
  }
}

export function printAll(page: Document): void {
  for (const folded of page.querySelectorAll("main details")) folded.setAttribute("open", "")
  page.defaultView?.print()
}
