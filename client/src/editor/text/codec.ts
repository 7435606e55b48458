/**
 * Marks and block attributes of the editor as attribute keys of the Y.Text, and back.
 *
 * On letters: `strong`, `em` (true), `link` (address), `comment:ID`, `ins:ID`, `del:ID` (who and when),
 * `format:ID` (which format, who and when).
 * On a block's closing line feed: `b` = "kind:level" and the suggestion keys `ins:ID`, `del:ID`, `kind:ID`.
 * A mark that may overlap itself has one key per id, so that concurrent marks merge as sets.
 */
import type { Mark, Node } from "prosemirror-model"
import {
  type BlockAttrs,
  blockAttrs,
  type IdMarkAttrs,
  isKind,
  isLevel,
  schema,
  type Value,
  type Values,
} from "./schema"

/** Key of the one atomic attribute of a block's end: "kind:level". Two keys could mix under concurrency. */
export const BLOCK = "b"
/** A hard break: one UTF-16 unit, so that indices of Y.Text, ProseMirror and strings agree. */
export const BREAK = "\u2028"

const KEY_OF_MARK: ReadonlyMap<string, string> = new Map([
  ["comment", "comment"],
  ["insertion", "ins"],
  ["deletion", "del"],
  ["formatting", "format"],
])
/** A Map: in an object, another program's key "constructor:x" would find something. */
const MARK_OF_KEY: ReadonlyMap<string, string> = new Map([...KEY_OF_MARK].map(([mark, key]) => [key, mark]))
const SUGGESTION = /^(ins|del|kind):./su
/** Keys by id: they belong to a proposal or a comment, and only who decides about that changes them. */
const BY_ID = /^(ins|del|kind|format|comment):/

/** Attributes as Yjs hands them over: anything may stand there that another program wrote. */
export type RawAttrs = Readonly<Record<string, unknown>>

export function isValue(value: unknown): value is Value {
  return typeof value === "string" || typeof value === "boolean"
}

function encodeMark(mark: Mark): [string, Value] {
  const key = KEY_OF_MARK.get(mark.type.name)
  if (key) {
    const { id, by } = mark.attrs as IdMarkAttrs
    return [`${key}:${id}`, by]
  }
  return [mark.type.name, mark.type.name === "link" ? String(mark.attrs.href) : true]
}

/** Sorted by key: two comments on one text may stand in either order in ProseMirror. */
export function encodeMarks(marks: readonly Mark[]): Values {
  return Object.fromEntries(marks.map(encodeMark).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function decodeMark(key: string, value: unknown): Mark | null {
  if (key === "em" || key === "strong") return value === true ? schema.mark(key) : null
  if (key === "link") return typeof value === "string" ? schema.mark("link", { href: value }) : null
  const colon = key.indexOf(":")
  const name = colon > 0 ? MARK_OF_KEY.get(key.slice(0, colon)) : undefined
  return name && colon < key.length - 1 && isValue(value)
    ? schema.mark(name, { id: key.slice(colon + 1), by: value })
    : null
}

/** Known marks; `b` on a letter and the keys of a newer program are passed over, not removed. */
export function decodeMarks(attrs: RawAttrs | undefined): readonly Mark[] {
  let marks: readonly Mark[] = []
  for (const key of Object.keys(attrs ?? {}).sort()) {
    const mark = decodeMark(key, attrs?.[key])
    if (mark) marks = mark.addToSet(marks)
  }
  return marks
}

export function encodeBlock(block: Node): Values {
  const { kind, level, sug } = blockAttrs(block)
  return { [BLOCK]: `${kind}:${level}`, ...sug }
}

/** Whatever is not a known kind at a level of its own is shown as a paragraph. */
export function decodeBlock(attrs: RawAttrs | undefined): BlockAttrs {
  const sug: Record<string, Value> = {}
  for (const key of Object.keys(attrs ?? {}).sort()) {
    const value = attrs?.[key]
    if (SUGGESTION.test(key) && isValue(value)) sug[key] = value
  }
  return { ...decodeKind(attrs?.[BLOCK]), sug }
}

export function decodeKind(value: unknown): Pick<BlockAttrs, "kind" | "level"> {
  const found = typeof value === "string" ? /^([a-z]+):([0-9])$/.exec(value) : null
  const kind = found?.[1]
  const level = Number(found?.[2])
  return isKind(kind) && isLevel(kind, level) ? { kind, level } : { kind: "paragraph", level: 0 }
}

/** The attributes without what belongs to proposals and comments. */
export function ownAttrs(attrs: Values): Values {
  const own = Object.entries(attrs).filter(([key]) => !BY_ID.test(key))
  return own.length === Object.keys(attrs).length ? attrs : Object.fromEntries(own)
}

/** What new letters bring along: as `ownAttrs`, and the comments of the passage that they stand in or came from. */
export function newAttrs(attrs: Values): Values {
  const own = Object.entries(attrs).filter(([key]) => !BY_ID.test(key) || key.startsWith("comment:"))
  return own.length === Object.keys(attrs).length ? attrs : Object.fromEntries(own)
}

/** A change of attributes: null takes a key away. */
export type Change = Readonly<Record<string, Value | null>>

/** What turns `from` into `to`; null when they are equal. */
export function diffAttrs(from: Change, to: Change): Change | null {
  if (from === to) return null
  let change: Record<string, Value | null> | null = null
  for (const [key, value] of Object.entries(to)) {
    if (from[key] !== value) {
      change ??= {}
      change[key] = value
    }
  }
  for (const key of Object.keys(from)) {
    if (!(key in to)) {
      change ??= {}
      change[key] = null
    }
  }
  return change
}
