/** Suggestions in words: pure, so that every case can be tested. */

import type { Node } from "prosemirror-model"
import type { Strings } from "../../strings"
import { type Around, wordsAround } from "../margin/whereabouts"
import { decodeKind } from "../text/codec"
import { toPos } from "../text/positions"
import { type Part, readFormat, type Suggestion } from "./suggestions"

/** A stretch of a deed: words that come in, that go, or that say what becomes of a block. */
export interface Piece {
  type: Part["type"]
  text: string
}

/** One thing that a suggestion would do, with the words around it. */
export interface Deed extends Around {
  /** "Ersetzen". */
  words: string
  pieces: readonly Piece[]
}

/** Characters of a passage that are shown; the rest is in the text. */
const LONGEST = 160
/** Characters of a paragraph whose kind changes. */
const NAMED = 40

/** What comes in and what goes side by side is one replacement. */
export function deedsOf({ parts }: Suggestion, doc: Node, strings: Strings): Deed[] {
  return groups(parts).map((group) => deedOf(group, doc, strings))
}

type Group = readonly [Part, ...Part[]]

function groups(parts: readonly Part[]): Group[] {
  const found: [Part, ...Part[]][] = []
  for (const part of parts.toSorted((a, b) => a.index - b.index)) {
    const last = found.at(-1)?.at(-1)
    const beside = last && isWords(last) && isWords(part) && last.index + last.length === part.index
    if (beside) found.at(-1)?.push(part)
    else found.push([part])
  }
  return found
}

function isWords({ type }: Part): boolean {
  return type === "ins" || type === "del"
}

function deedOf(group: Group, doc: Node, strings: Strings): Deed {
  const [first] = group
  const last = group.at(-1) ?? first
  if (first.type === "kind") return kindDeed(first, doc, strings)
  const [from, to] = [toPos(doc, first.index), toPos(doc, last.index + last.length)]
  const pieces = group.map(({ type, text }) => ({ type, text: seen(cut(text, LONGEST)) }))
  return { words: wordsFor(group, strings), pieces, ...wordsAround(doc, from, Math.max(from, to)) }
}

function wordsFor(group: Group, strings: Strings): string {
  const [{ format }] = group
  if (format) return formatWords(format, strings)
  const types = new Set(group.map(({ type }) => type))
  if (types.size > 1) return strings.suggestedReplacement
  const onlyBreaks = group.every(({ text }) => text === "\n")
  if (types.has("ins")) return onlyBreaks ? strings.suggestedSplit : strings.suggestedInsertion
  return onlyBreaks ? strings.suggestedJoin : strings.suggestedDeletion
}

/** "Fett", "Nicht mehr fett", "Link auf https://…". */
function formatWords(format: string, strings: Strings): string {
  const { key, value } = readFormat(format) ?? { key: "link", value: null }
  switch (key) {
    case "strong":
      return value ? strings.suggestedBold : strings.suggestedNotBold
    case "em":
      return value ? strings.suggestedItalic : strings.suggestedNotItalic
    case "link":
      return value ? strings.suggestedLink.replace("{address}", () => String(value)) : strings.suggestedNoLink
  }
}

function kindDeed({ index, kind }: Part, doc: Node, strings: Strings): Deed {
  const $at = doc.resolve(toPos(doc, index))
  const words = shorten(doc.textBetween($at.start(1), $at.end(1), undefined, " "), NAMED)
  const pieces = [{ type: "kind" as const, text: kindName(kind, strings) }]
  return { words: strings.suggestedKindOf.replace("{words}", words), pieces, before: "", after: "" }
}

/** "Ersetzen: alte durch neue": for whoever only hears it, and for a folded card. */
export function summaryOf(deeds: readonly Deed[]): string {
  return deeds
    .map(({ words, pieces }) => `${words}: ${pieces.map(({ text }) => text).join(" / ")}`)
    .join("; ")
}

/** Text of the declaration on one line, and not longer than that. */
export function shorten(text: string, longest: number): string {
  return cut(text.replaceAll("\n", " ¶ "), longest).trim()
}

/** The same with the blanks at its ends, for words that stand within others. */
function cut(text: string, longest: number): string {
  const line = text.replaceAll("\u2028", " ").replaceAll("\n", "¶")
  return line.length > longest ? `${line.slice(0, longest).trimEnd()} …` : line
}

/** Nothing but blanks is shown by their sign, as the end of a line is. */
function seen(text: string): string {
  return text.trim() ? text : text.replaceAll(/\s/gu, "␣")
}

function kindName(value: string | undefined, strings: Strings): string {
  const { kind, level } = decodeKind(value)
  switch (kind) {
    case "paragraph":
      return strings.kindParagraph
    case "quote":
      return strings.kindQuote
    case "heading":
      return strings[`kindHeading${level as 1 | 2 | 3}`]
    case "clause":
      return level > 1 ? `${strings.clauseName} (${level})` : strings.clauseName
    case "bullet":
      return level > 1 ? `${strings.bulletName} (${level})` : strings.bulletName
  }
}
