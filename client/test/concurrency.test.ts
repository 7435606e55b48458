/** The first half of the histories; the others are in a file of their own, for a second core. */
import { expect, test } from "vitest"
import { complaints, playHistory } from "./histories"
import { HISTORIES, playInSlices } from "./support/slices"

playInSlices(0, HISTORIES / 2)

/** Each showed a mistake that many thousand other histories did not. */
test.each([
  [8_261, "a caret between two copies of a letter, of which one is taken back"],
  [409_955, "a caret behind one's own copy, which goes for the other's a few letters on"],
  [100_941, "blocks pasted into the last, empty one, whose line feed is proposed"],
])("history %i holds: %s", (seed) => {
  expect(complaints(playHistory(seed))).toEqual([])
})
