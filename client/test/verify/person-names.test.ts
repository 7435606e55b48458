/** The pairs are those of `tests/domain/people/test_person_names.py`. */
import { expect, test } from "vitest"
import pairs from "../../../tests/contract/person-names.json" with { type: "json" }
import { fits } from "../../src/verify/copy/person-names"

test.each(pairs)("$person and $named: $fits", (pair) => {
  expect(fits(pair.person, pair.named)).toBe(pair.fits)
})
