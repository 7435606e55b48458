/** Where a passage is, in words: "Ziffer 2", "Präambel", and the words on either side of it. Pure. */
import type { Node } from "prosemirror-model"
import type { Strings } from "../../strings"
import { numberClauses } from "../text/numbering"
import { blockAt, blockText } from "../text/positions"
import { blockAttrs } from "../text/schema"

/** What stands around a passage in its block; "…" where words were left out. */
export interface Around {
  before: string
  after: string
}

const WORDS = 3

/** The places of all blocks, once for each document. */
export class Whereabouts {
  private readonly labels: string[]
  private readonly sections: string[] = []

  constructor(
    private readonly doc: Node,
    strings: Strings,
  ) {
    const blocks = doc.children.map(blockAttrs)
    const numbers = numberClauses(blocks.map(({ kind, level }) => (kind === "clause" ? level : null)))
    let [section, clause] = ["", ""]
    this.labels = doc.children.map((block, k) => {
      const { kind, level } = blockAttrs(block)
      if (kind === "heading") {
        section = blockText(block).trim() || section
        clause = ""
      } else if (kind === "clause") clause = clauseWords(clause, level, numbers[k] ?? "", strings)
      this.sections.push(section || strings.textStart)
      return (kind === "clause" || kind === "bullet") && clause ? clause : section || strings.textStart
    })
  }

  /** Index of the block that holds a position. */
  block(pos: number): number {
    return blockAt(this.doc, Math.max(0, Math.min(pos, this.doc.content.size)))
  }

  /** The heading above a position, or what the beginning is called. */
  section(pos: number): string {
    return this.sections[this.block(pos)] ?? ""
  }

  /** "Ziffer 2 a)" in a clause and the bullets below it, elsewhere the section's heading. */
  label(pos: number): string {
    return this.labels[this.block(pos)] ?? ""
  }
}

/** "Ziffer 2." and then "a)" → "Ziffer 2 a)". */
function clauseWords(above: string, level: number, number: string, strings: Strings): string {
  if (level === 1 || !above) return `${strings.clauseWord} ${number.replace(/\.$/, "")}`
  const path = above.split(" ").slice(0, level) // "Ziffer", "2", "a)"
  return [...path, number].join(" ")
}

/** Three words before and behind the passage, as they stand in its first and last block: a new line is a space. */
export function wordsAround(doc: Node, from: number, to: number): Around {
  const [start, end] = [doc.resolve(from), doc.resolve(to)]
  const before = doc.textBetween(start.start(1), from, undefined, " ")
  const after = doc.textBetween(to, end.end(1), undefined, " ")
  const gap = end.parentOffset === 0 && from < to && after ? " " : ""
  return { before: lastWords(before), after: gap + firstWords(after) }
}

function lastWords(text: string): string {
  const found = new RegExp(`(?:\\S+\\s*){0,${WORDS}}$`, "u").exec(text.slice(-120))?.[0] ?? ""
  return found.length < text.length ? `… ${found.trimStart()}` : found
}

function firstWords(text: string): string {
  const found = new RegExp(`^(?:\\s*\\S+){0,${WORDS}}`, "u").exec(text.slice(0, 120))?.[0] ?? ""
  return found.length < text.trimEnd().length ? `${found} …` : found
}
