/**
 * Canonical JSON (RFC 8785) for objects, arrays, strings, integers, booleans and null: what
 * `server/domain/canonical.py` writes.
 */
import { type Bytes, fromUtf8, isDigest, same, utf8 } from "./bytes"

/** Levels of objects and arrays within each other: the same for all verifiers. */
const DEEPEST = 200

/** Throws for what has no canonical form. */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > DEEPEST) throw new Error("nested too deeply")
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "string") return quoted(value)
  if (typeof value === "number") return integer(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(",")}]`
  if (!isRecord(value)) throw new Error("no JSON value")
  const members = Object.keys(value)
    .sort() // by UTF-16 code units, as RFC 8785 section 3.2.3 wants it
    .map((key) => `${quoted(key)}:${canonicalText(value[key], depth + 1)}`)
  return `{${members.join(",")}}`
}

export function canonicalBytes(value: unknown): Bytes {
  return utf8(canonicalText(value))
}

/** Decodes JSON; throws unless the bytes are its canonical form. */
export function parseCanonical(data: Bytes): unknown {
  const value: unknown = JSON.parse(fromUtf8(data))
  ensure(same(canonicalBytes(value), data), "not in canonical form")
  return value
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Throws unless the value is an object with exactly these members. */
export function ensureMembers(value: unknown, names: readonly string[], sentence: string): JsonObject {
  if (!isRecord(value) || Object.keys(value).sort().join() !== [...names].sort().join())
    throw new Broken(sentence)
  return value
}

/** The evidence does not prove what it should; the message says why, in plain English. */
export class Broken extends Error {}

export function ensure(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Broken(sentence)
}

export function ensureText(value: unknown): string {
  if (typeof value !== "string") throw new Error("a text is missing")
  return value
}

export function ensureNumber(value: unknown): number {
  if (typeof value !== "number") throw new Error("a number is missing")
  return value
}

export function ensureDigest(value: unknown): string {
  if (!isDigest(value)) throw new Error("a digest is missing")
  return value
}

/** What is wrong, as part of a sentence. */
export function reason(error: unknown): string {
  if (error instanceof Broken) return error.message
  return `it cannot be read: ${error instanceof Error ? error.message : "unknown error"}`
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new Error("half a character")
  return JSON.stringify(text)
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error("no integer, or one beyond 2**53 - 1")
  return String(value)
}
