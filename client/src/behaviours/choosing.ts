/**
 * Boxes of a form: one with `data-all="FORM-ID"` ticks them all, and the form's `data-count` says how many are
 * ticked, with the words of its `data-some`. Without a script each box is ticked by itself.
 */
export function startChoosing(page: Document): void {
  for (const all of page.querySelectorAll<HTMLInputElement>("input[data-all]")) {
    const form = page.getElementById(all.dataset.all ?? "")
    if (form instanceof HTMLFormElement) watch(page, form, all)
  }
}

function watch(page: Document, form: HTMLFormElement, all: HTMLInputElement): void {
  const boxes = [...form.elements].filter(isBox)
  const count = form.querySelector<HTMLElement>("[data-count]")
  const idle = count?.textContent ?? ""
  const show = (): void => {
    const ticked = boxes.filter((box) => box.checked).length
    all.checked = ticked > 0 && ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
    if (count) count.textContent = ticked ? `${ticked} ${form.dataset.some ?? ""}` : idle
  }
  all.hidden = false
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked
    show()
  })
  for (const box of boxes) box.addEventListener("change", show)
  page.defaultView?.addEventListener("pageshow", show) // the browser's own memory of what was ticked
  show()
}

function isBox(element: Element): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === "checkbox"
}
