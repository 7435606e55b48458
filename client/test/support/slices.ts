import { describe, expect, test } from "vitest"
import { complaints, playHistory } from "../histories"

const SLICE = 100

/** How many are played; the soak plays as many as one likes. */
export const HISTORIES = Number(process.env.KRAFTAKT_HISTORIES ?? 1_000)

/** Plays the histories in slices, so that a failure names its neighbourhood at once. */
export function playInSlices(first: number, end: number): void {
  const slices = Array.from({ length: (end - first) / SLICE }, (_, i) => first + i * SLICE)
  describe("people who write at once over a bad network", () => {
    test.each(slices)("lose, double and raise nothing in the histories from %i", (begin) => {
      const failed: string[] = []
      for (let seed = begin; seed < begin + SLICE; seed++) {
        const found = complaints(playHistory(seed))
        if (found.length) failed.push(`seed ${seed}: ${found.join(", ")} (npm run soak -- ${seed} 1)`)
      }
      expect(failed).toEqual([])
    })
  })
}
