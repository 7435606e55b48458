/** Builds elements without markup in strings: nothing has to be escaped, and a strict CSP allows it. */
type Child = Node | string

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

/** For what is told with every key: even the value that is there already costs the browser time to write. */
export function setAttribute(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value)
}

const SVG = "http://www.w3.org/2000/svg"

/** A decorative icon drawn with strokes on a grid of 24 by 24. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg")
  const attributes = { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: "ke-icon" }
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value)
  const shape = document.createElementNS(SVG, "path")
  shape.setAttribute("d", path)
  svg.append(shape)
  return svg
}

export const CROSS = "M6 6l12 12M18 6 6 18"

/** A cross that says what it does to whoever hears the page or points at it. */
export function closeButton(label: string, run: () => void): HTMLButtonElement {
  const attributes = { type: "button", class: "ke-tool ke-close", "aria-label": label, title: label }
  const button = element("button", attributes, icon(CROSS))
  button.addEventListener("click", run)
  return button
}
