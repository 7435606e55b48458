/** Suggestions in words: pure, so that every case can be tested. */

import type { StringKey, Strings } from "../../strings"
import { decodeKind } from "../text/codec"
import type { Part, Suggestion } from "./suggestions"

/** One thing that a suggestion would do; `quote` is text of the declaration, "" for none. */
export interface Deed {
  type: Part["type"]
  words: string
  quote: string
}

/** Characters of a passage that are shown; the rest is in the text. */
const LONGEST = 160

export function deedsOf(suggestion: Suggestion, strings: Strings): Deed[] {
  return suggestion.parts.map((part) => ({
    type: part.type,
    words: strings[deedKey(part)],
    quote: quoteOf(part, strings),
  }))
}

function deedKey({ type, text }: Part): StringKey {
  if (type === "kind") return "suggestedKind"
  if (text === "\n") return type === "ins" ? "suggestedSplit" : "suggestedJoin"
  return type === "ins" ? "suggestedInsertion" : "suggestedDeletion"
}

function quoteOf({ type, text, kind }: Part, strings: Strings): string {
  if (type === "kind") return kindName(kind, strings)
  if (text === "\n") return ""
  return shorten(text, LONGEST)
}

/** Text of the declaration on one line, and not longer than that. */
export function shorten(text: string, longest: number): string {
  const line = text.replaceAll("\u2028", " ").replaceAll("\n", " ¶ ").trim()
  return line.length > longest ? `${line.slice(0, longest).trimEnd()} …` : line
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

/** In place of a person's number: what came with a file, under the name that stands there. Nobody attests it. */
const NOBODY = 0

/** Who made it: "Anna Apfel, Offenburg"; without a name at least for whom. */
export function authorWords(
  { author }: Suggestion,
  names: (person: number) => string | null,
  strings: Strings,
): string {
  if (!author) return strings.suggestedBySomebody
  if (author.person === NOBODY) {
    return strings.suggestedByFile.replace("{name}", author.municipality || strings.suggestedBySomebody)
  }
  const from = author.municipality || strings.presenceCoordination
  const name = names(author.person)
  return name ? `${name}, ${from}` : from
}

/** Day and time in the page's language; "" when nobody knows. */
export function timeWords({ since }: Suggestion, language: string): string {
  if (since === null) return ""
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Europe/Berlin",
  })
  return format.format(since * 1000)
}

export function isoTime({ since }: Suggestion): string {
  return since === null ? "" : new Date(since * 1000).toISOString()
}
