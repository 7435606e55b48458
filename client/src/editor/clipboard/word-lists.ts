/**
 * Lists of Word and Outlook: paragraphs whose style names a level and whose marker is plain text, and in Word
 * online each item a list of its own that says its level.
 */
import { type Styles, stylesOf } from "./styles"

const LEVEL = /level(\d)/
const SYMBOLS = /symbol|wingdings|webdings|courier/

export function markLists(body: HTMLElement): void {
  for (const element of body.querySelectorAll<HTMLElement>("[style]")) markListItem(element)
  for (const item of body.querySelectorAll<HTMLElement>("li[aria-level], li[data-aria-level]")) {
    const level = item.getAttribute("data-aria-level") ?? item.getAttribute("aria-level")
    setKind(item, item.parentElement?.tagName === "OL" ? "clause" : "bullet", Number(level))
  }
}

function markListItem(element: HTMLElement): void {
  const list = stylesOf(element).get("mso-list") ?? ""
  const level = LEVEL.exec(list)?.[1]
  if (!level) return
  const marker = takeMarker(element)
  if (/^H[1-6]$/.test(element.tagName) || element.tagName === "LI") return // a numbered heading stays one
  setKind(element, marker.numbered ? "clause" : "bullet", Number(level))
}

function setKind(element: HTMLElement, kind: string, level: number): void {
  element.dataset.kind = kind
  element.dataset.level = String(Math.min(3, Math.max(1, level || 1)))
}

function takeMarker(element: HTMLElement): { numbered: boolean } {
  const spans = [...element.querySelectorAll<HTMLElement>("span[style]")]
  const marker = spans.find((span) => stylesOf(span).get("mso-list") === "ignore")
  if (!marker) return { numbered: false }
  const text = marker.textContent.trim()
  const symbols = [...ancestors(marker, element), ...marker.querySelectorAll("[style]")].some((each) =>
    isSymbol(stylesOf(each)),
  )
  marker.remove()
  return { numbered: /[\p{L}\p{N}]/u.test(text) && !(symbols && [...text].length === 1) && text !== "o" }
}

function ancestors(from: Element, to: Element): Element[] {
  const path: Element[] = []
  for (let up: Element | null = from; up && up !== to; up = up.parentElement) path.push(up)
  return path
}

function isSymbol(styles: Styles): boolean {
  return SYMBOLS.test(`${styles.get("font-family") ?? ""} ${styles.get("font") ?? ""}`)
}
