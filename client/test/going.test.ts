/** What somebody says on the telephone, and what an address names, is one place of the text. */
import { expect, it, test } from "vitest"
import { clausePaths, hashOf, spoken, targetOf } from "../src/editor/lines/targets"

it.each([
  ["42", "#zeile-42"],
  ["Zeile 42", "#zeile-42"],
  [" Z. 7 ", "#zeile-7"],
  ["line 3", "#zeile-3"],
  ["Ziffer 7", "#ziffer-7"],
  ["Ziffer 7.", "#ziffer-7"],
  ["7 b)", "#ziffer-7-b"],
  ["7b", "#ziffer-7-b"],
  ["Ziffer 4 a) bb)", "#ziffer-4-a-bb"],
  ["clause 12 c", "#ziffer-12-c"],
  ["Präambel", null],
  ["", null],
] as const)("%s leads to %s", (words, hash) => {
  const target = spoken(words)
  expect(target && hashOf(target)).toBe(hash)
})

it.each(["#zeile-42", "#ziffer-7", "#ziffer-4-a-bb", "#block-3"])("%s is an address", (hash) => {
  const target = targetOf(hash)
  expect(target && hashOf(target)).toBe(hash)
})

test("a clause is called by its number and those above it", () => {
  const levels = [null, 1, 2, 2, 3, null, 1]
  const labels = [null, "1.", "a)", "b)", "aa)", null, "2."]
  expect(clausePaths(levels, labels)).toEqual(["", "1", "1-a", "1-b", "1-b-aa", "", "2"])
})
