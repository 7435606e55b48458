/** The report that the browser makes gives times as the server's report does. */
import { expect, test } from "vitest"
import { moment } from "../src/verify/page/words"

test.each([
  ["de", "28. November 2026, 11:07 Uhr"],
  ["en", "28 November 2026, 11:07"],
])("a time in %s", (language, said) => {
  expect(moment("2026-11-28T10:07:00Z", language)).toBe(said)
})
