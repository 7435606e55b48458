/**
 * Y.Text → document of the editor, and the document as the JSON that the server makes of the same text
 * (`server/domain/text/live_text.py`, compared by a contract test).
 */
import { Fragment, type Mark, type Node } from "prosemirror-model"
import type * as Y from "yjs"
import { BREAK, decodeBlock, decodeMarks, diffAttrs, encodeMarks, type RawAttrs } from "./codec"
import { blockAttrs, type Kind, schema, type Values } from "./schema"

/** What stands for an embedded object, which no version of this program writes. */
export const EMBEDDED = "\ufffc"

/** What is no letter of a text. */
const UNITS = new RegExp(`[\\n${BREAK}]`, "g")

/** Blocks of an earlier projection that a change cannot have touched: `head` first and `tail` last ones. */
export interface Reuse {
  doc: Node
  head: number
  tail: number
}

interface Part {
  insert: unknown
  attributes?: RawAttrs
}

/** The whole text as blocks. Text after the last line feed, or no text at all, is a paragraph. */
export function project(ytext: Y.Text, reuse?: Reuse): Node {
  const parts = ytext.toDelta() as Part[]
  const builder = new Builder(reuse ? new Kept(reuse, countBlocks(parts.map(textOf).join(""))) : null)
  for (const part of parts) builder.add(part)
  return schema.node("doc", null, builder.finish())
}

/** An embedded object is one unit long, which `Y.Text.toString` leaves out. */
function textOf({ insert }: Part): string {
  return typeof insert === "string" ? insert : EMBEDDED
}

/** Blocks in a flat text; the last may lack its line feed. */
function countBlocks(text: string): number {
  let count = 0
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) count++
  return text.endsWith("\n") ? count : count + 1
}

/** Answers which block of the new document can be taken over from the old one. */
class Kept {
  constructor(
    private readonly reuse: Reuse,
    readonly total: number,
  ) {}

  block(k: number): Node | null {
    const { doc, head, tail } = this.reuse
    if (k < head) return doc.child(k)
    return k >= this.total - tail ? doc.child(doc.childCount - this.total + k) : null
  }
}

class Builder {
  private readonly blocks: Node[] = []
  private inline: Node[] = []

  constructor(private readonly kept: Kept | null) {}

  add(part: Part): void {
    const { attributes } = part
    const text = textOf(part)
    if (this.old() && !text.includes("\n")) return
    const marks = decodeMarks(attributes)
    let from = 0
    for (const { 0: unit, index } of text.matchAll(UNITS)) {
      this.addText(text, from, index, marks)
      if (unit === "\n") this.close(attributes)
      else this.inline.push(schema.node("hard_break", null, undefined, marks))
      from = index + 1
    }
    this.addText(text, from, text.length, marks)
  }

  private addText(text: string, from: number, to: number, marks: readonly Mark[]): void {
    if (from < to && !this.old()) this.inline.push(schema.text(text.slice(from, to), marks))
  }

  finish(): Node[] {
    const open = this.kept ? this.blocks.length < this.kept.total : this.inline.length || !this.blocks.length
    if (open) this.close(undefined)
    return this.blocks
  }

  private old(): Node | null {
    return this.kept?.block(this.blocks.length) ?? null
  }

  private close(attributes: RawAttrs | undefined): void {
    const old = this.old()
    this.blocks.push(old ?? schema.node("block", decodeBlock(attributes), Fragment.fromArray(this.inline)))
    this.inline = []
  }
}

export interface RunJson {
  t: string
  m: Values
}

export interface BlockJson {
  kind: Kind
  level: number
  sug: Values
  runs: RunJson[]
}

/** Keys sorted, hard breaks as U+2028, neighbours with equal marks joined. */
export function toBlocks(doc: Node): BlockJson[] {
  return doc.children.map((block) => ({ ...blockAttrs(block), runs: toRuns(block) }))
}

function toRuns(block: Node): RunJson[] {
  const runs: RunJson[] = []
  block.forEach((inline) => {
    const run = { t: inline.text ?? BREAK, m: encodeMarks(inline.marks) }
    const last = runs.at(-1)
    if (last && !diffAttrs(last.m, run.m)) last.t += run.t
    else runs.push(run)
  })
  return runs
}
