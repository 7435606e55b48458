/**
 * A text of bounded length: `data-count` names the element that says how many characters are left of
 * `data-most`, `data-preview` the one that shows the words as they will be printed.
 */
export function startCounting(page: Document): void {
  for (const field of page.querySelectorAll<HTMLTextAreaElement>("textarea[data-count]")) {
    const show = (): void => {
      count(field, page.getElementById(field.dataset.count ?? ""))
      preview(field, page.getElementById(field.dataset.preview ?? ""))
    }
    field.addEventListener("input", show)
    show()
  }
}

/** Characters as the server counts them: code points, a line break as one. */
function count(field: HTMLTextAreaElement, place: HTMLElement | null): void {
  if (!place) return
  const left = Number(field.dataset.most) - [...field.value.trim()].length
  const { left: fits = "", over = "" } = place.dataset
  place.textContent = (left < 0 ? over : fits).replace("#", String(Math.abs(left)))
  place.classList.toggle("k-hint--over", left < 0)
  place.hidden = false
}

function preview(field: HTMLTextAreaElement, place: HTMLElement | null): void {
  const shown = place?.querySelector("blockquote")
  if (!place || !shown) return
  const lines = field.value.split("\n").filter((line) => line.trim())
  shown.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
  )
  place.hidden = lines.length === 0
}
