import { describe, expect, test } from "vitest"
import { complaints, playHistory } from "./histories"

/** Together 2,000 histories; in slices, so that a failure names its neighbourhood at once. */
const SLICES = 20
const SLICE = 100

describe("people who write at once over a bad network", () => {
  test.each(
    Array.from({ length: SLICES }, (_, i) => i * SLICE),
  )("lose, double and raise nothing in the histories from %i", (first) => {
    const failed: string[] = []
    for (let seed = first; seed < first + SLICE; seed++) {
      const found = complaints(playHistory(seed))
      if (found.length) failed.push(`seed ${seed}: ${found.join(", ")} (npm run soak -- ${seed} 1)`)
    }
    expect(failed).toEqual([])
  }, 60_000)
})

/** Each showed a mistake that many thousand other histories did not. */
test.each([
  [8_261, "a caret between two copies of a letter, of which one is taken back"],
  [409_955, "a caret behind one's own copy, which goes for the other's a few letters on"],
  [100_941, "blocks pasted into the last, empty one, whose line feed is proposed"],
])("history %i holds: %s", (seed) => {
  expect(complaints(playHistory(seed))).toEqual([])
})
