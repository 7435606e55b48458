/** A Fassung's numbers stay with their words while people write on. */
import { expect, it } from "vitest"
import { numberLines, placeLines } from "../src/editor/lines/placing"

const TITLE = "Erklärung"
const LAST = "Wir handeln gemeinsam."
const LONG =
  "Wir treiben den Ausbau guter Netze in der Fläche voran und stimmen unsere Vorhaben ab. Wir werden.".repeat(
    2,
  )
const FIXED = [TITLE, LONG, LAST, ""]
const SECOND = numberLines(FIXED)[2]?.offset ?? 0
const THIRD = numberLines(FIXED)[3]?.offset ?? 0

function numbers(live: string[]): string[] {
  return placeLines(FIXED, live).map(({ number, block, offset }) => `${number}@${block}:${offset}`)
}

it("keeps every number where nothing has changed", () => {
  expect(numberLines(FIXED)).toHaveLength(5)
  expect(placeLines(FIXED, FIXED)).toEqual(numberLines(FIXED))
})

it("gives new blocks no number, and those below keep theirs", () => {
  const live = [TITLE, "Ganz neu.", LONG, LAST]
  expect(numbers(live)).toEqual(["1@0:0", "2@2:0", `3@2:${SECOND}`, `4@2:${THIRD}`, "5@3:0"])
})

it("keeps the number with the words after an insertion in the same block", () => {
  const live = [TITLE, `Neu: ${LONG}`, LAST]
  expect(numbers(live)).toEqual(["1@0:0", "2@1:0", `3@1:${SECOND + 5}`, `4@1:${THIRD + 5}`, "5@2:0"])
})

it("takes the number away with the words", () => {
  expect(numbers([TITLE, "Etwas völlig anderes", LAST])).toEqual(["1@0:0", "5@2:0"])
})

it("lets numbers go along with a block that moved", () => {
  expect(numbers([TITLE, LAST, LONG])).toEqual(["1@0:0", "2@2:0", `3@2:${SECOND}`, `4@2:${THIRD}`, "5@1:0"])
})

it("never puts a number on one of two equal blocks by chance", () => {
  expect(placeLines(["Gleich", "Gleich"], ["Neu", "Gleich", "Gleich"])).toEqual([])
})
