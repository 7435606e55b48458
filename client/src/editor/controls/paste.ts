/**
 * Pasted text. The schema's parse rules keep what the text can hold and drop all else; here only what Word
 * does differently from everybody: its lists are paragraphs whose style names a level and whose marker is
 * plain text.
 */
const LEVEL = /mso-list:\s*\S+\s+level(\d)/i
const IGNORED = "mso-list:ignore"
const NUMBERED = /^\(?[0-9a-z]{1,3}[.)]/i

/** To be used as `transformPastedHTML`. */
export function cleanPastedHtml(html: string): string {
  if (!/mso-list/i.test(html)) return html
  const page = new DOMParser().parseFromString(html, "text/html")
  for (const paragraph of page.querySelectorAll<HTMLElement>("[style]")) markListItem(paragraph)
  return page.body.innerHTML
}

function markListItem(paragraph: HTMLElement): void {
  const level = LEVEL.exec(paragraph.getAttribute("style") ?? "")?.[1]
  if (!level) return
  const marker = takeMarker(paragraph)
  paragraph.dataset.kind = NUMBERED.test(marker) ? "clause" : "bullet"
  paragraph.dataset.level = String(Math.min(3, Math.max(1, Number(level))))
}

function takeMarker(paragraph: HTMLElement): string {
  const spans = [...paragraph.querySelectorAll<HTMLElement>("span[style]")]
  const marker = spans.find((span) =>
    span.getAttribute("style")?.toLowerCase().replaceAll(" ", "").includes(IGNORED),
  )
  marker?.remove()
  return marker?.textContent?.trim() ?? ""
}
