/** Finding words in the text, in what is only suggested too. Pure. */
import type { Node } from "prosemirror-model"
import { blockText } from "../text/positions"

export interface Match {
  from: number
  to: number
}

export interface Query {
  words: string
  /** Not within a longer word. */
  whole: boolean
  /** Upper and lower case as written. */
  exact: boolean
}

/** At most so many; a text that holds more is asked for something longer. */
export const MOST = 2_000

/** In the order of the text, within blocks, none over another. */
export function findMatches(doc: Node, query: Query): Match[] {
  const found: Match[] = []
  const pattern = patternOf(query)
  if (!pattern) return found
  doc.forEach((block, pos) => {
    for (const { index, 0: words } of blockText(block).matchAll(pattern)) {
      if (found.length === MOST) return
      found.push({ from: pos + 1 + index, to: pos + 1 + index + words.length })
    }
  })
  return found
}

function patternOf({ words, whole, exact }: Query): RegExp | null {
  if (!words) return null
  const literal = words
    .normalize("NFC")
    .replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")
    .replace(/\s+/g, "[\\s\u2028]+") // a narrow or a hard blank counts as one
  const edged = whole ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal
  return new RegExp(edged, exact ? "gu" : "giu")
}

/** Index of the first match at or behind a position; of the first one where there is none. */
export function nextMatch(matches: readonly Match[], pos: number): number {
  const at = matches.findIndex(({ from }) => from >= pos)
  return at < 0 ? 0 : at
}
