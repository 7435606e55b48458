import { expect, test } from "vitest"
import { numberClauses } from "../src/editor/text/numbering"

test("level 1 runs through, deeper levels begin anew below each clause above", () => {
  const levels = [1, 2, 2, 3, 3, null, 2, 1, 3, 2]
  expect(numberClauses(levels)).toEqual(["1.", "a)", "b)", "aa)", "bb)", null, "c)", "2.", "aa)", "a)"])
})

test("letters go on after z", () => {
  const second = numberClauses(new Array<number>(28).fill(2))
  expect(second.slice(24)).toEqual(["y)", "z)", "aa)", "ab)"])
  const third = numberClauses(new Array<number>(28).fill(3))
  expect(third.slice(24)).toEqual(["yy)", "zz)", "aaa)", "bbb)"])
})
