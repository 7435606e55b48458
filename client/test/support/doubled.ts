/** What stands in a text twice, found letter by letter: each letter of a history is unique. */
import * as Y from "yjs"
import type { Peer } from "./peer"

/** Letters that are doubled by this peer's own undo among others and that it doesn't name, or names though they are not. */
export function misnamed(peer: Peer): string[] {
  const doubled = doubledLetters(peer)
  const named = new Set(peer.history.restoredTwice.passages().flatMap(({ words }) => lettersOf(words)))
  const own = [...doubled].filter(([, clients]) => clients.includes(peer.doc.clientID))
  const missing = own.map(([letter]) => letter).filter((letter) => !named.has(letter))
  return [...missing, ...[...named].filter((letter) => !doubled.has(letter))]
}

/** Whose the copies of each letter are, of those that are there more than once. */
export function doubledLetters({ ytext }: Peer): Map<string, number[]> {
  const writers = new Map<string, number[]>()
  for (let item = ytext._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    for (const letter of lettersOf(item.content.str)) {
      writers.set(letter, [...(writers.get(letter) ?? []), item.id.client])
    }
  }
  return new Map([...writers].filter(([, copies]) => copies.length > 1))
}

/** Without the ends of blocks and lines, of which there may be many. */
function lettersOf(text: string): string[] {
  return [...text.replaceAll(/[\n\u2028]/g, "")]
}
