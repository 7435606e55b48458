import { expect, test } from "vitest"
import { readHref, safeHref } from "../src/editor/links/links"

test.each([
  ["https://offenburg.de/a?b=c", "https://offenburg.de/a?b=c"],
  ["HTTP://lahr.de", "HTTP://lahr.de"],
  ["mailto:rathaus@kehl.de", "mailto:rathaus@kehl.de"],
  [" offenburg.de/presse ", "https://offenburg.de/presse"],
  ["rathaus@kehl.de", "mailto:rathaus@kehl.de"],
  ["müllheim.de", "https://müllheim.de"],
])("%s is an address", (typed, href) => {
  expect(readHref(typed)).toBe(href)
})

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "https://",
  "ftp://x.de",
  "",
  "zwei Wörter",
  "https://a b.de",
  "/intern",
])("%s is none", (typed) => {
  expect(readHref(typed)).toBeNull()
})

test("control characters do not smuggle a scheme in", () => {
  expect(safeHref("java\nscript:alert(1)")).toBeNull()
  expect(safeHref("https://x.de/\u0000")).toBeNull()
})
