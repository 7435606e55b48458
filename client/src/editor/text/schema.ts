/**
 * The flat document of the editor: doc = block+, one node type for every kind of block.
 *
 * A tree (lists in lists) would lose or double text under concurrent splits and joins; a flat sequence of
 * blocks is what one Y.Text can hold without loss. See `projection.ts` for the way from Y.Text to here.
 */
import {
  type Mark,
  type MarkSpec,
  type Node,
  type NodeSpec,
  Schema,
  type TagParseRule,
} from "prosemirror-model"
import { safeHref } from "../links/links"

/** Version of the text's shape and of the room's state; a room refuses any other (`server/sync/room/room.py`). */
export const SCHEMA_VERSION = 3

export const KINDS = ["paragraph", "heading", "clause", "bullet", "quote"] as const
export type Kind = (typeof KINDS)[number]

/** Lowest and highest level of each kind; any other level makes a block's kind unknown. */
export const LEVELS: Readonly<Record<Kind, readonly [number, number]>> = {
  paragraph: [0, 0],
  heading: [1, 3],
  clause: [1, 3],
  bullet: [1, 3],
  quote: [0, 0],
}

/** What an attribute in the Y.Text may hold. Yjs compares objects by identity, so there are none. */
export type Value = string | boolean
export type Values = Readonly<Record<string, Value>>

/** Attributes of a block node; `sug` are the suggestion keys on its closing line feed. */
export interface BlockAttrs {
  kind: Kind
  level: number
  sug: Values
}

/** A mark that may lie on a text several times, once per id: comment, insertion, deletion, another format. */
export interface IdMarkAttrs {
  id: string
  by: Value
}

export function blockAttrs(block: Node): BlockAttrs {
  return block.attrs as BlockAttrs
}

export function isKind(value: unknown): value is Kind {
  return KINDS.some((kind) => kind === value)
}

export function isLevel(kind: Kind, level: number): boolean {
  const [low, high] = LEVELS[kind]
  return Number.isInteger(level) && level >= low && level <= high
}

/** The element of a block. Headings start at h2: the page's own h1 is the declaration's title. */
function blockTag({ kind, level }: BlockAttrs): string {
  if (kind === "heading") return `h${level + 1}`
  if (kind === "quote") return "blockquote"
  return kind === "paragraph" ? "p" : "div"
}

function blockDom(block: Node): Record<string, string> {
  const { kind, level, sug } = blockAttrs(block)
  const dom: Record<string, string> = { "data-kind": kind, "data-level": String(level) }
  const suggested = new Set(Object.keys(sug).map((key) => key.slice(0, key.indexOf(":"))))
  if (suggested.size) dom["data-suggested"] = [...suggested].join(" ")
  return dom
}

function listDepth(element: HTMLElement): number {
  let depth = 0
  for (let up = element.parentElement; up; up = up.parentElement) if (up.matches("ol, ul")) depth++
  return Math.min(3, Math.max(1, depth))
}

function ownBlock(element: HTMLElement): Partial<BlockAttrs> | false {
  const { kind, level } = element.dataset
  return isKind(kind) && isLevel(kind, Number(level)) ? { kind, level: Number(level) } : false
}

const headingRules: TagParseRule[] = [1, 2, 3, 4, 5, 6].map((level) => ({
  tag: `h${level}`,
  attrs: { kind: "heading", level: Math.min(3, level) },
}))

const block: NodeSpec = {
  content: "inline*",
  attrs: { kind: { default: "paragraph" }, level: { default: 0 }, sug: { default: {} } },
  toDOM: (node) => [blockTag(blockAttrs(node)), blockDom(node), 0],
  parseDOM: [
    { tag: "[data-kind]", getAttrs: ownBlock },
    ...headingRules,
    { tag: "blockquote > p", attrs: { kind: "quote" } },
    // its paragraphs are the blocks then, it is none itself
    {
      tag: "blockquote",
      skip: true,
      getAttrs: (quote) => (quote.querySelector(":scope > p") ? null : false),
    },
    { tag: "blockquote", attrs: { kind: "quote" } },
    { tag: "ol > li", getAttrs: (li) => ({ kind: "clause", level: listDepth(li) }) },
    { tag: "li", getAttrs: (li) => ({ kind: "bullet", level: listDepth(li) }) },
    { tag: "li > p", skip: true },
    { tag: "p" },
  ],
}

const hardBreak: NodeSpec = {
  group: "inline",
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  toDOM: () => ["br"],
  parseDOM: [{ tag: "br" }],
}

const link: MarkSpec = {
  attrs: { href: {} },
  inclusive: false,
  toDOM: (mark) => ["a", { ...hrefDom(mark), rel: "noopener" }, 0],
  parseDOM: [{ tag: "a[href]", getAttrs: (a) => hrefAttr(a.getAttribute("href")) }],
}

/** A foreign program may have written any address: what we would not accept is shown without one. */
function hrefDom(mark: Mark): Record<string, string> {
  const href = safeHref(String(mark.attrs.href))
  return href ? { href } : {}
}

function hrefAttr(text: string | null): { href: string } | false {
  const href = safeHref(text ?? "")
  return href ? { href } : false
}

/** Marks by id come from the Y.Text only, never from pasted HTML: an id belongs to one place. */
function byId(tag: string, key: string, parse: Pick<MarkSpec, "parseDOM"> = {}): MarkSpec {
  return {
    ...parse,
    attrs: { id: {}, by: { default: true } },
    inclusive: false,
    excludes: "",
    toDOM: (mark) => [tag, { [`data-${key}`]: String(mark.attrs.id) }, 0],
  }
}

/** Whether a mark belongs to a proposal or comment. */
export function isById({ type }: Mark): boolean {
  return type.spec.excludes === ""
}

export const schema = new Schema({
  nodes: { doc: { content: "block+" }, block, hard_break: hardBreak, text: { group: "inline" } },
  marks: {
    link,
    em: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
    strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
    // cut out and pasted, they go along (`comments/highlights.ts` leaves out all others)
    comment: byId("span", "comment", {
      parseDOM: [{ tag: "span[data-comment]", getAttrs: (span) => ({ id: span.dataset.comment }) }],
    }),
    insertion: byId("ins", "ins"),
    deletion: byId("del", "del"),
    formatting: byId("span", "format"),
  },
})
