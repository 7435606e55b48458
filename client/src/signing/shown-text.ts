/**
 * The text as the page shows it, read back from the page: the inverse of the macro `text` in
 * `templates/text/prose.html`. Only what that macro writes is understood; anything else in the text, put there
 * by whomever, is no text that could be signed.
 */
import { type Bytes, digest } from "../verify/bytes"
import { canonicalBytes, ensure, type JsonObject } from "../verify/canonical"

const FORMAT = "kraftakt-content/1"
const HARD_BREAK = "\u2028"
const DASH = "–"
const ATTRIBUTES: ReadonlySet<string> = new Set(["role", "data-level", "href", "rel"])
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  UL: ["k-items"],
  LI: ["k-item k-item--clause", "k-item k-item--bullet"],
  SPAN: ["k-label"],
  DIV: ["k-item__text"],
}
const HEADINGS: Readonly<Record<string, number>> = { H2: 1, H3: 2, H4: 3 }

interface Marks {
  readonly strong?: true
  readonly em?: true
  readonly link?: string
}

interface Run {
  text: string
  readonly marks: Marks
}

/** The canonical bytes of the shown text. Throws for an element that is none of the text's. */
export function shownBytes(article: Element): Bytes {
  return canonicalBytes({ format: FORMAT, blocks: childrenOf(article).flatMap(readPart) })
}

export async function shownDigest(article: Element): Promise<string> {
  return digest(shownBytes(article))
}

function readPart(node: Element): JsonObject[] {
  const heading = HEADINGS[node.tagName]
  if (heading) return [block("heading", heading, node)]
  if (node.tagName === "P") return [block("paragraph", 0, node)]
  if (node.tagName === "UL") return childrenOf(node).flatMap(readItem)
  ensure(node.tagName === "BLOCKQUOTE", `unknown element ${node.tagName}`)
  const [paragraph, ...more] = childrenOf(node)
  ensure(paragraph?.tagName === "P" && more.length === 0, "malformed quotation")
  return [block("quote", 0, paragraph)]
}

function readItem(item: Element): JsonObject[] {
  const [label, body, ...more] = childrenOf(item)
  ensure(item.tagName === "LI" && label?.tagName === "SPAN" && more.length === 0, "malformed list item")
  ensure(body?.tagName === "DIV" && label.childElementCount === 0, "malformed list item")
  const [paragraph, ...lists] = childrenOf(body)
  ensure(paragraph?.tagName === "P" && lists.every((each) => each.tagName === "UL"), "malformed list item")
  const level = Number(item.getAttribute("data-level"))
  return [listed(label.textContent ?? "", level, paragraph), ...lists.flatMap(readPart)]
}

/** What stands before the words decides: a dash, or the number of a clause. */
function listed(label: string, level: number, paragraph: Element): JsonObject {
  return label === DASH
    ? block("bullet", level, paragraph)
    : { ...block("clause", level, paragraph), number: label }
}

function block(kind: string, level: number, node: Element): JsonObject {
  const runs: Run[] = []
  readRuns(node, {}, runs)
  return { kind, level, runs }
}

function readRuns(node: Element, marks: Marks, runs: Run[]): void {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) append(runs, child.nodeValue ?? "", marks)
    else if (child instanceof Element) readMark(child, marks, runs)
    else ensure(child.nodeType === Node.COMMENT_NODE, "unknown node")
  }
}

function readMark(node: Element, marks: Marks, runs: Run[]): void {
  ensureAttributes(node)
  if (node.tagName === "BR") append(runs, HARD_BREAK, marks)
  else if (node.tagName === "STRONG") readRuns(node, { ...marks, strong: true }, runs)
  else if (node.tagName === "EM") readRuns(node, { ...marks, em: true }, runs)
  else {
    ensure(node.tagName === "A", `unknown element ${node.tagName}`)
    readRuns(node, { ...marks, link: node.getAttribute("href") ?? "" }, runs)
  }
}

/** A revision's runs that follow each other differ in their marks. */
function append(runs: Run[], text: string, marks: Marks): void {
  const last = runs.at(-1)
  if (!text) return
  if (last && sameMarks(last.marks, marks)) last.text += text
  else runs.push({ text, marks })
}

function sameMarks(one: Marks, other: Marks): boolean {
  return one.strong === other.strong && one.em === other.em && one.link === other.link
}

/** Throws where words stand between the elements. */
function childrenOf(node: Element): Element[] {
  ensureAttributes(node)
  for (const child of node.childNodes)
    ensure(child.nodeType !== Node.TEXT_NODE || !child.nodeValue?.trim(), "words outside of the blocks")
  const children = [...node.children]
  children.forEach(ensureAttributes)
  return children
}

/** A style, a class or `hidden` could let something else be read than stands there. */
function ensureAttributes(node: Element): void {
  if (node.tagName === "ARTICLE") return
  for (const { name, value } of node.attributes) {
    const known = name === "class" ? CLASSES[node.tagName]?.includes(value) : ATTRIBUTES.has(name)
    ensure(known === true, `unknown attribute ${name}`)
  }
}
