/**
 * What an element's `style` attribute says. Its text is read, not `element.style`: under the page's content
 * security policy a browser applies no inline style, and the clipboard of every word processor is made of them.
 */
export type Styles = ReadonlyMap<string, string>

export function stylesOf(element: Element): Styles {
  const styles = new Map<string, string>()
  for (const declaration of (element.getAttribute("style") ?? "").toLowerCase().split(";")) {
    const colon = declaration.indexOf(":")
    if (colon > 0) styles.set(declaration.slice(0, colon).trim(), declaration.slice(colon + 1).trim())
  }
  return styles
}

/** Null where neither element nor style says. */
export function isBold(element: Element, styles: Styles): boolean | null {
  const weight = styles.get("font-weight") ?? /\bbold\b/.exec(styles.get("font") ?? "")?.[0]
  if (weight?.startsWith("bold") || Number(weight) >= 600) return true
  if (weight !== undefined && weight !== "inherit") return false
  return element.matches("b, strong") ? true : null
}

export function isItalic(element: Element, styles: Styles): boolean | null {
  const style = styles.get("font-style") ?? /\b(italic|oblique)\b/.exec(styles.get("font") ?? "")?.[0]
  if (style !== undefined && style !== "inherit") return /italic|oblique/.test(style)
  return element.matches("i, em") ? true : null
}

/** Not in sight where it was copied. */
export function isHidden(element: Element, styles: Styles): boolean {
  return (
    styles.get("display") === "none" ||
    styles.get("visibility") === "hidden" ||
    styles.get("mso-hide") === "all" ||
    element.hasAttribute("hidden")
  )
}

/** Deleted in a program that tracks changes, or struck out by hand. */
export function isStruck(element: Element, styles: Styles): boolean {
  const line = `${styles.get("text-decoration") ?? ""} ${styles.get("text-decoration-line") ?? ""}`
  const tracked = /TrackChangeTextDeletion/i.test(element.getAttribute("class") ?? "")
  return element.matches("del, s, strike") || line.includes("line-through") || tracked
}

export function script(element: Element, styles: Styles): "super" | "sub" | null {
  const align = styles.get("vertical-align") ?? ""
  if (element.matches("sup") || align === "super") return align === "baseline" ? null : "super"
  return element.matches("sub") || align === "sub" ? "sub" : null
}
