/** The declaration's text: format `kraftakt-content/1` (`server/domain/text/content.py`). */
import type { Bytes } from "../bytes"
import { ensureText, isRecord, type JsonObject, parseCanonical } from "../canonical"

const FORMAT = "kraftakt-content/1"
const HARD_BREAK = "\u2028"
const SCHEMES = /^(?:https:\/\/|http:\/\/|mailto:)/i
/** How deep each kind of block goes: its levels, from the first. */
const LEVELS: Readonly<Record<string, readonly number[]>> = {
  paragraph: [0],
  heading: [1, 2, 3],
  clause: [1, 2, 3],
  bullet: [1, 2, 3],
  quote: [0],
}

export interface Block {
  readonly kind: string
  readonly level: number
  readonly number: string
  readonly text: string
}

/** Throws for any other shape. */
export function parseContent(data: Bytes): Block[] {
  const value = parseCanonical(data)
  if (!isRecord(value) || value.format !== FORMAT || Object.keys(value).sort().join() !== "blocks,format") {
    throw new Error(`not a text in the format ${FORMAT}`)
  }
  if (!Array.isArray(value.blocks)) throw new Error("blocks is no list")
  return value.blocks.map(parseBlock)
}

/** One line a block, clause numbers and bullets written out. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map((block) => `${label(block)}${block.text}\n`).join("")
}

/** What stands before the text of a clause or bullet. */
export function label(block: Block): string {
  if (block.kind === "clause") return `${block.number} `
  return block.kind === "bullet" ? "– " : ""
}

function parseBlock(data: unknown): Block {
  if (!isRecord(data) || hasOther(data, ["kind", "level", "runs", "number"]))
    throw new Error("malformed block")
  const { kind, level, runs, number } = data
  const levels = typeof kind === "string" && Object.hasOwn(LEVELS, kind) ? LEVELS[kind] : undefined
  if (typeof kind !== "string" || !levels) throw new Error("unknown kind of block")
  if (typeof level !== "number" || !levels.includes(level)) throw new Error("level out of range")
  const numbered = number !== undefined
  if (!Array.isArray(runs) || numbered !== (kind === "clause")) throw new Error("malformed block")
  const text = runs.map(parseRun).join("").replaceAll(HARD_BREAK, "\n")
  return { kind, level, number: numbered ? ensureText(number) : "", text: strip(text) }
}

function parseRun(data: unknown): string {
  if (!isRecord(data) || Object.keys(data).sort().join() !== "marks,text") throw new Error("malformed run")
  const { marks } = data
  if (!isRecord(marks) || hasOther(marks, ["strong", "em", "link"])) throw new Error("unknown mark")
  if ((marks.strong ?? true) !== true || (marks.em ?? true) !== true) throw new Error("malformed mark")
  if (marks.link !== undefined && !SCHEMES.test(ensureText(marks.link))) throw new Error("malformed link")
  return ensureText(data.text)
}

function hasOther(object: JsonObject, known: readonly string[]): boolean {
  return Object.keys(object).some((name) => !known.includes(name))
}

/** White space at both ends, as the server sees it: by Unicode, so without the byte order mark. */
function strip(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "")
}
