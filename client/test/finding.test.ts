/** Words are found in what stands and in what is only suggested; sections are the headings below the title. */
import { expect, test } from "vitest"
import { findMatches, nextMatch } from "../src/editor/finding/matches"
import { sectionAt, sectionsOf } from "../src/editor/outline/sections"
import { type Kind, schema } from "../src/editor/text/schema"

const block = (kind: Kind, level: number, ...words: ReturnType<typeof schema.text>[]) =>
  schema.node("block", { kind, level }, words)
const proposed = schema.mark("insertion", { id: "x", by: "1|Lahr|1" })
const doc = schema.node("doc", null, [
  block("heading", 1, schema.text("Ein Titel")),
  block(
    "paragraph",
    0,
    schema.text("Stadt und "),
    schema.text("Städte", [proposed]),
    schema.text(" im Stadtteil (§\u00a054)."),
  ),
  block("heading", 2, schema.text("Netze")),
  block("paragraph", 0, schema.text("STADT?")),
  block("heading", 3, schema.text("Funk")),
])
const find = (words: string, more: { whole?: boolean; exact?: boolean } = {}) =>
  findMatches(doc, { words, whole: false, exact: false, ...more }).map(({ from, to }) =>
    doc.textBetween(from, to),
  )

test("plain, as whole words, and in the case that was written", () => {
  expect(find("stadt")).toEqual(["Stadt", "Stadt", "STADT"])
  expect(find("stadt", { whole: true })).toEqual(["Stadt", "STADT"])
  expect(find("STADT", { exact: true })).toEqual(["STADT"])
  expect(find("")).toEqual([])
})

test("in suggestions, with signs that patterns know, and whatever blank stands between", () => {
  expect(find("und städte im")).toEqual(["und Städte im"])
  expect(find("(§ 54)")).toEqual(["(§\u00a054)"])
  expect(find("Stadt?")).toEqual(["STADT?"])
})

test("the next one is that behind the caret, and after the last comes the first", () => {
  const matches = findMatches(doc, { words: "stadt", whole: false, exact: false })
  expect([0, matches[0]?.to ?? 0, doc.content.size].map((pos) => nextMatch(matches, pos))).toEqual([0, 1, 0])
})

test("sections are named by their headings, without the title", () => {
  const sections = sectionsOf(doc)
  expect(sections.map(({ title, level }) => [title, level])).toEqual([
    ["Netze", 2],
    ["Funk", 3],
  ])
  expect([1, sections[0]?.pos ?? 0, doc.content.size].map((pos) => sectionAt(sections, pos))).toEqual([
    -1, 0, 1,
  ])
})
