/**
 * An insertion beside a deletion by the same person reads as one replacement, also where the two were made apart and
 * have ids of their own. Suggestions of two people stay two.
 */
import type { Part, Suggestion } from "./suggestions"

/** A suggestion as people see it, with the ids that it is made of. */
export interface Proposal extends Suggestion {
  ids: readonly string[]
}

export function joinReplacements(suggestions: readonly Suggestion[]): Proposal[] {
  const found: Proposal[] = []
  for (const suggestion of suggestions) {
    const beside = found.find((each) => isReplacement(each, suggestion))
    if (!beside) found.push({ ...suggestion, ids: [suggestion.id] })
    else {
      beside.ids = [...beside.ids, suggestion.id]
      beside.parts = [...beside.parts, ...suggestion.parts]
    }
  }
  return found
}

/** Each is one stretch, one comes in and one goes, and nothing is between them. */
function isReplacement(a: Suggestion, b: Suggestion): boolean {
  const [first, second] = [a.parts[0], b.parts[0]]
  if (!first || !second || a.parts.length > 1 || b.parts.length > 1) return false
  if (!a.author || a.author.person !== b.author?.person || a.author.municipality !== b.author.municipality)
    return false
  const types = [first.type, second.type].sort().join()
  return types === "del,ins" && (touches(first, second) || touches(second, first))
}

function touches(first: Part, second: Part): boolean {
  return first.index + first.length === second.index
}
