/**
 * Suggestions in the text: who proposes to insert, delete or change what.
 *
 * On letters and line feeds alike, `ins:ID` says "proposed" and `del:ID` "proposed to go" (on a line feed: a
 * split, a join); `kind:ID` on a line feed proposes another kind. Values name author and time:
 * "person|municipality|seconds", for a kind "kind:level|person|municipality|seconds". On letters `format:ID` proposes
 * a format or its end: "strong=1|person|…", "link=|person|…".
 */
import type { Node } from "prosemirror-model"
import { DeltaWriter, type Op } from "../deltas/delta-writer"
import { safeHref } from "../links/links"
import { BLOCK, type Change, decodeKind } from "../text/codec"
import { flatten } from "../text/positions"
import { blockAttrs, schema, type Value, type Values } from "../text/schema"

export interface Author {
  person: number
  /** "" for the coordination. */
  municipality: string
}

export type PartType = "ins" | "del" | "kind" | "format"

/** A stretch of the text; `index` and `length` in UTF-16 units of the Y.Text. */
export interface Part {
  type: PartType
  index: number
  length: number
  text: string
  /** The proposed "kind:level". */
  kind?: string
  /** The proposed format: "strong=1". */
  format?: string
}

export interface Suggestion {
  id: string
  author: Author | null
  /** Seconds since 1970; null when the value does not say. */
  since: number | null
  parts: Part[]
}

export function authorValue({ person, municipality }: Author, seconds: number): string {
  return `${person}|${municipality.replaceAll("|", " ")}|${seconds}`
}

/** Whose suggestion a value is: the same person for the same municipality, at whatever time. */
export function isBy(value: Value | undefined, author: Author): boolean {
  const found = readAuthor(value)
  return found?.person === author.person && found.municipality === author.municipality.replaceAll("|", " ")
}

function readAuthor(value: Value | undefined): Author | null {
  const [person, municipality] = String(value).split("|")
  return person && /^\d+$/.test(person) ? { person: Number(person), municipality: municipality ?? "" } : null
}

interface Found {
  type: PartType
  id: string
  kind?: string
  format?: string
  by: string
}

/** The suggestions that lie on one character, by its attributes. */
function suggestionsIn(attrs: Values): Found[] {
  return Object.entries(attrs).flatMap(([key, value]): Found[] => {
    const match = /^(ins|del|kind|format):(.+)$/.exec(key)
    const [type, id] = [match?.[1] as PartType | undefined, match?.[2]]
    if (!type || !id) return []
    if (type === "ins" || type === "del") return [{ type, id, by: String(value) }]
    const [what = "", ...by] = String(value).split("|")
    return [{ type, id, [type]: what, by: by.join("|") }]
  })
}

/** All open suggestions, in the order in which they begin. */
export function listSuggestions(doc: Node): Suggestion[] {
  const list = new Map<string, Suggestion>()
  let base = 0
  for (const block of doc.children) {
    for (const { found, index, text } of stretchesIn(block)) {
      const suggestion = list.get(found.id) ?? newSuggestion(found)
      list.set(found.id, suggestion)
      addPart(suggestion.parts, found, base + index, text)
    }
    base += block.nodeSize - 1
  }
  return [...list.values()]
}

/** Neighbouring characters of a block on which the same suggestion lies. `index`: within the block. */
interface Stretch {
  found: Found
  index: number
  text: string
}

const NONE: readonly Stretch[] = []
/** Blocks never change: what was found in one is looked for once. */
const known = new WeakMap<Node, readonly Stretch[]>()

function stretchesIn(block: Node): readonly Stretch[] {
  const before = known.get(block)
  if (before) return before
  const made = hasSuggestions(block) ? readStretches(block) : NONE
  known.set(block, made)
  return made
}

function readStretches(block: Node): Stretch[] {
  const { text, at } = flatten(block.type.schema.node("doc", null, [block]))
  const stretches: Stretch[] = []
  for (let from = 0, to = 0; from < at.length; from = to) {
    const attrs = at[from] as Values
    while (to < at.length && at[to] === attrs) to++
    for (const found of suggestionsIn(attrs))
      stretches.push({ found, index: from, text: text.slice(from, to) })
  }
  return stretches
}

function hasSuggestions(block: Node): boolean {
  const { insertion, deletion, formatting } = schema.marks
  const marked = ({ marks }: Node) => [insertion, deletion, formatting].some((type) => type.isInSet(marks))
  return Object.keys(blockAttrs(block).sug).length > 0 || block.children.some(marked)
}

function newSuggestion({ id, by }: Found): Suggestion {
  const seconds = Number(by.split("|")[2])
  return { id, author: readAuthor(by), since: isTime(seconds) ? seconds : null, parts: [] }
}

/** Seconds that a calendar knows: another program may have written any number, and a file none (0). */
function isTime(seconds: number): boolean {
  return seconds !== 0 && Math.abs(seconds) <= 8.64e12
}

function addPart(parts: Part[], { type, kind, format }: Found, index: number, text: string): void {
  const last = parts.findLast((part) => part.type === type)
  if (type !== "kind" && last && last.index + last.length === index && last.format === format) {
    last.length += text.length
    last.text += text
  } else
    parts.push({
      type,
      index,
      length: text.length,
      text,
      ...(kind ? { kind } : {}),
      ...(format ? { format } : {}),
    })
}

/**
 * Accepts or rejects suggestions: one Delta on the Y.Text, empty when there are none of these ids. Of several kinds
 * proposed for one block, that of the last id holds.
 */
export function resolveDelta(doc: Node, ids: readonly string[], accept: boolean): Op[] {
  const order = new Map(ids.map((id, at) => [id, at]))
  const delta = new DeltaWriter()
  for (const block of doc.children) {
    if (!hasSuggestions(block)) {
      delta.retain(block.nodeSize - 1, null)
      continue
    }
    for (const attrs of flatten(block.type.schema.node("doc", null, [block])).at) {
      const change = resolveUnit(attrs, order, accept)
      if (change === GONE) delta.delete(1)
      else delta.retain(1, change)
    }
  }
  return delta.finish()
}

const GONE = "gone"

/** Null when none of the suggestions lies on this character. */
function resolveUnit(
  attrs: Values,
  order: ReadonlyMap<string, number>,
  accept: boolean,
): Change | null | typeof GONE {
  const change: Record<string, Value | null> = {}
  let last = -1
  for (const { type, id, kind, format } of suggestionsIn(attrs)) {
    const at = order.get(id)
    if (at === undefined) continue
    if ((type === "ins" && !accept) || (type === "del" && accept)) return GONE
    change[`${type}:${id}`] = null
    if (!accept) continue
    if (type === "kind" && at > last && isKnownKind(kind)) {
      change[BLOCK] = kind
      last = at
    }
    const proposed = type === "format" ? readFormat(format ?? "") : null
    if (proposed) change[proposed.key] = proposed.value
  }
  return Object.keys(change).length ? change : null
}

/** Another program may have proposed anything. */
function isKnownKind(value: string | undefined): value is string {
  const { kind, level } = decodeKind(value)
  return value === `${kind}:${level}`
}

export interface Format {
  key: "strong" | "em" | "link"
  /** Null takes the format away. */
  value: Value | null
}

/** "strong=1" → bold, "em=" → no longer italic, "link=https://…" → a link there. */
export function writeFormat({ key, value }: Format): string {
  const written = value === true ? "1" : String(value ?? "")
  return `${key}=${written.replaceAll("|", "%7C")}`
}

/** Null for what another program may have proposed. */
export function readFormat(written: string): Format | null {
  const [key, ...rest] = written.split("=")
  const value = rest.join("=")
  if (key === "link") return { key, value: value ? safeHref(value) : null }
  if (key !== "strong" && key !== "em") return null
  return { key, value: value === "1" ? true : null }
}
