/**
 * Suggestions in the text: who proposes to insert, delete or change what.
 *
 * On letters and line feeds alike, `ins:ID` says "proposed" and `del:ID` "proposed to go" (on a line feed: a
 * split, a join); `kind:ID` on a line feed proposes another kind. Values name author and time:
 * "person|municipality|seconds", for a kind "kind:level|person|municipality|seconds".
 */
import type { Node } from "prosemirror-model"
import { DeltaWriter, type Op } from "../deltas/delta-writer"
import { BLOCK, type Change, decodeKind } from "../text/codec"
import { type Flat, flatten } from "../text/positions"
import { blockAttrs, schema, type Value, type Values } from "../text/schema"

export interface Author {
  person: number
  /** "" for the coordination. */
  municipality: string
}

export type PartType = "ins" | "del" | "kind"

/** A stretch of the text; `index` and `length` in UTF-16 units of the Y.Text. */
export interface Part {
  type: PartType
  index: number
  length: number
  text: string
  /** The proposed "kind:level". */
  kind?: string
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
  by: string
}

/** The suggestions that lie on one character, by its attributes. */
function suggestionsIn(attrs: Values): Found[] {
  return Object.entries(attrs).flatMap(([key, value]): Found[] => {
    const match = /^(ins|del|kind):(.+)$/.exec(key)
    const [type, id] = [match?.[1] as PartType | undefined, match?.[2]]
    if (!type || !id) return []
    if (type !== "kind") return [{ type, id, by: String(value) }]
    const [kind = "", ...by] = String(value).split("|")
    return [{ type, id, kind, by: by.join("|") }]
  })
}

/** All open suggestions, in the order in which they begin. */
export function listSuggestions(doc: Node): Suggestion[] {
  const list = new Map<string, Suggestion>()
  let base = 0
  doc.children.forEach((block, k) => {
    if (hasSuggestions(block)) addBlock(list, flatten(doc, k, k + 1), base)
    base += block.nodeSize - 1
  })
  return [...list.values()]
}

function hasSuggestions(block: Node): boolean {
  const { insertion, deletion } = schema.marks
  const marked = (inline: Node) => insertion.isInSet(inline.marks) || deletion.isInSet(inline.marks)
  return Object.keys(blockAttrs(block).sug).length > 0 || block.children.some(marked)
}

function addBlock(list: Map<string, Suggestion>, flat: Flat, base: number): void {
  flat.at.forEach((attrs, i) => {
    for (const found of suggestionsIn(attrs)) {
      const suggestion = list.get(found.id) ?? newSuggestion(found)
      list.set(found.id, suggestion)
      addPart(suggestion.parts, found, base + i, flat.text.charAt(i))
    }
  })
}

function newSuggestion({ id, by }: Found): Suggestion {
  const seconds = Number(by.split("|")[2])
  return { id, author: readAuthor(by), since: isTime(seconds) ? seconds : null, parts: [] }
}

/** Seconds that a calendar knows: another program may have written any number, and a file none (0). */
function isTime(seconds: number): boolean {
  return seconds !== 0 && Math.abs(seconds) <= 8.64e12
}

function addPart(parts: Part[], { type, kind }: Found, index: number, text: string): void {
  const last = parts.findLast((part) => part.type === type)
  if (type !== "kind" && last && last.index + last.length === index) {
    last.length++
    last.text += text
  } else parts.push({ type, index, length: 1, text, ...(kind ? { kind } : {}) })
}

/** Accepts or rejects a suggestion: one Delta on the Y.Text, empty when there is no such suggestion. */
export function resolveDelta(doc: Node, id: string, accept: boolean): Op[] {
  const delta = new DeltaWriter()
  for (const attrs of flatten(doc).at) {
    const change = resolveUnit(attrs, id, accept)
    if (change === GONE) delta.delete(1)
    else delta.retain(1, change)
  }
  return delta.finish()
}

const GONE = "gone"

/** Null when the suggestion does not lie on this character. */
function resolveUnit(attrs: Values, id: string, accept: boolean): Change | null | typeof GONE {
  const inserted = `ins:${id}` in attrs
  const deleted = `del:${id}` in attrs
  if ((inserted && !accept) || (deleted && accept)) return GONE
  const change: Record<string, Value | null> = {}
  if (inserted) change[`ins:${id}`] = null
  if (deleted) change[`del:${id}`] = null
  const kind = attrs[`kind:${id}`]
  if (kind !== undefined) {
    change[`kind:${id}`] = null
    const [proposed] = String(kind).split("|")
    if (accept && isKnownKind(proposed)) change[BLOCK] = proposed
  }
  return Object.keys(change).length ? change : null
}

/** Another program may have proposed anything. */
function isKnownKind(value: string | undefined): value is string {
  const { kind, level } = decodeKind(value)
  return value === `${kind}:${level}`
}
