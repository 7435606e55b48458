/**
 * Pasted HTML with only what the text can hold, whichever program made it. What it cannot hold is either put
 * into letters (rows of a table, raised digits) or left out, and that is said.
 */
import { glue } from "./lines"
import { raised } from "./raised"
import { isBold, isHidden, isItalic, isStruck, type Styles, script, stylesOf } from "./styles"
import { flattenTables } from "./tables"
import { markLists } from "./word-lists"

export const LOSSES = ["pictures", "struck", "comments", "footnotes", "hidden", "raised", "tables"] as const
export type Loss = (typeof LOSSES)[number]

export interface Cleaned {
  html: string
  lost: ReadonlySet<Loss>
}

const SILENT = "script, style, meta, link, title, template, input, select, textarea, noscript, xml"
const PICTURES = "img, svg, picture, canvas, video, audio, iframe, object, embed"
/** Blocks that the parser does not take for such. */
const BLOCKS = "summary, dt, legend, option, button, details, figcaption"
/** Blocks at whose end neither breaks nor spaces say anything. */
const ENDING = "p, div, li, h1, h2, h3, h4, h5, h6"
const HEADINGS = "h1, h2, h3, h4, h5, h6"
const COMMENT_CLASS = /mso-?comment|msocom/i

export function cleanHtml(html: string): Cleaned {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  const lost = new Set<Loss>()
  if (body.querySelector("[data-pm-slice]")) return { html, lost } // copied from here
  body.querySelectorAll(SILENT).forEach((each) => {
    each.remove()
  })
  leaveOut(body, lost)
  joinPdfLines(body)
  markLists(body)
  if (flattenTables(body)) lost.add("tables")
  for (const block of body.querySelectorAll(BLOCKS)) rename(block, "div")
  for (const title of body.querySelectorAll("p.MsoTitle")) rename(title, "h1")
  carryMarks(body, { bold: false, italic: false, script: null }, lost)
  dropEmpty(body)
  for (const block of body.querySelectorAll(ENDING)) trimEnd(block)
  return { html: body.innerHTML, lost }
}

function leaveOut(body: HTMLElement, lost: Set<Loss>): void {
  for (const element of body.querySelectorAll("*")) {
    const loss = lossOf(element, stylesOf(element))
    if (!loss || !body.contains(element)) continue
    if (loss === "pictures" || element.textContent?.trim()) lost.add(loss)
    element.remove()
  }
}

function lossOf(element: Element, styles: Styles): Loss | null {
  const part = styles.get("mso-element") ?? ""
  const name = element.getAttribute("class") ?? ""
  if (part.startsWith("comment") || styles.has("mso-comment-reference") || COMMENT_CLASS.test(name))
    return "comments"
  if (/^(foot|end)note/.test(part) || isNoteReference(element, styles)) return "footnotes"
  if (isHidden(element, styles)) return "hidden"
  if (isStruck(element, styles)) return "struck"
  return element.matches(PICTURES) ? "pictures" : null
}

/** Word, LibreOffice, Google Docs and Wikipedia link the sign to its note. */
function isNoteReference(element: Element, styles: Styles): boolean {
  if (styles.has("mso-footnote-id") || styles.has("mso-endnote-id")) return true
  const note = element.matches("a[href*='#_ftn'], a[href*='#_edn'], a[href*='#sdfootnote'], a[href*='#ftnt']")
  return note || element.matches("sup.reference, a.sdfootnoteanc, div[id^=sdfootnote]")
}

/** Lines as Firefox's PDF viewer copies them: one span each, breaks that only present. */
function joinPdfLines(body: HTMLElement): void {
  for (const end of body.querySelectorAll('br[role="presentation"]')) {
    const [before, after] = [end.previousSibling, end.nextSibling]
    if (before && after) {
      const line = after.textContent ?? ""
      before.textContent = glue(before.textContent ?? "", line).slice(0, -line.length || undefined)
    }
    end.remove()
  }
}

interface Marks {
  bold: boolean
  italic: boolean
  script: "super" | "sub" | null
}

/** Says of each piece of text by elements what styles said, and takes styles and all other wrapping away. */
function carryMarks(parent: Element, marks: Marks, lost: Set<Loss>): void {
  for (const node of [...parent.childNodes]) {
    if (node instanceof Text) mark(node, marks, lost)
    else if (node instanceof Element) {
      const styles = stylesOf(node)
      const own: Marks = {
        bold: !node.closest(HEADINGS) && (isBold(node, styles) ?? marks.bold), // a heading is bold by itself
        italic: isItalic(node, styles) ?? marks.italic,
        script: script(node, styles) ?? marks.script,
      }
      carryMarks(node, own, lost)
      node.removeAttribute("style")
      if (node.matches("b, strong, i, em, sup, sub, span, font, u, ins, small, big")) {
        node.replaceWith(...node.childNodes)
      }
    } else node.remove() // comments
  }
}

function mark(node: Text, marks: Marks, lost: Set<Loss>): void {
  const isGap = (node.parentElement?.getAttribute("class") ?? "") === "Apple-converted-space"
  if (isGap) node.data = node.data.replaceAll("\u00a0", " ")
  if (!node.data.trim()) return
  if (marks.script) {
    const letters = raised(node.data, marks.script)
    if (letters === null) lost.add("raised")
    else node.data = letters
  }
  if (marks.italic) wrap(node, "em")
  if (marks.bold) wrap(node, "strong")
}

function wrap(node: Text, tag: string): void {
  const element = node.ownerDocument.createElement(tag)
  node.replaceWith(element)
  element.append(node)
}

function rename(element: Element, tag: string): void {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

/** Mail programs end paragraphs with a break, information systems with a no-break space. */
function trimEnd(block: Element): void {
  for (let last = block.lastChild; last; last = block.lastChild) {
    if (last instanceof Text) last.data = last.data.trimEnd()
    else if (last instanceof Element && last.matches("em, strong, a")) trimEnd(last)
    else if (!(last instanceof HTMLBRElement)) return
    if (last.textContent) return
    last.remove()
  }
}

/** Word and mails make distance with paragraphs of nothing. */
function dropEmpty(body: HTMLElement): void {
  for (const block of [...body.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6, li")].reverse()) {
    if (!block.textContent?.replaceAll("\u00a0", " ").trim()) block.remove()
  }
  for (const end of body.querySelectorAll("br.Apple-interchange-newline")) end.remove()
}
