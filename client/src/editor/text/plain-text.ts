/** The text as plain text, to be kept in a file: with the clauses' numbers, a line free between blocks. */
import type { Node } from "prosemirror-model"
import { BREAK } from "./codec"
import { numberClauses } from "./numbering"
import { blockText } from "./positions"
import { blockAttrs } from "./schema"

export function plainText(doc: Node): string {
  const levels = doc.children.map((block) => {
    const { kind, level } = blockAttrs(block)
    return kind === "clause" ? level : null
  })
  const numbers = numberClauses(levels)
  const lines = doc.children.map((block, i) => marker(block, numbers[i] ?? null) + blockText(block))
  return `${lines.join("\n\n").replaceAll(BREAK, "\n")}\n`
}

function marker(block: Node, number: string | null): string {
  if (number) return `${number} `
  return blockAttrs(block).kind === "bullet" ? "– " : ""
}
