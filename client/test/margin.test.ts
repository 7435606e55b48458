// @vitest-environment jsdom
/** Where cards stand, what is folded, and what a passage's place is called. */
import { expect, test } from "vitest"
import { folded, stack } from "../src/editor/margin/stack"
import { timeWords } from "../src/editor/margin/times"
import { Whereabouts, wordsAround } from "../src/editor/margin/whereabouts"
import { type Kind, schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"

const card = (wanted: number, height = 100) => ({ wanted, height })

test("each card stands at its passage, and gives way only to the one above", () => {
  expect(stack([card(10), card(300)], null, 8)).toEqual([10, 300])
  expect(stack([card(10), card(50), card(400)], null, 8)).toEqual([10, 118, 400])
})

test("the active card keeps its place, the ones above move up", () => {
  expect(stack([card(200), card(210), card(220)], 1, 8)).toEqual([102, 210, 318])
})

test("no card leaves the page, and none lies on another", () => {
  const tops = stack([card(0), card(5), card(10), card(12)], 2, 8)
  expect(tops).toEqual([0, 108, 216, 324])
  const many = Array.from({ length: 40 }, (_, i) => card((i * 37) % 200, 20 + ((i * 13) % 60)))
  for (let active = 0; active < many.length; active++) {
    const at = stack(many, active, 8)
    expect(at.every((top, i) => top >= (i ? (at[i - 1] ?? 0) + (many[i - 1]?.height ?? 0) + 8 : 0))).toBe(
      true,
    )
  }
})

test("where four or more share a block all but the active one are folded", () => {
  expect(folded([0, 0, 0, 1], 0)).toEqual([false, false, false, false])
  expect(folded([0, 0, 0, 0, 1], 2)).toEqual([true, true, false, true, false])
})

const block = (kind: Kind, level: number, text: string) =>
  schema.node("block", { kind, level }, schema.text(text))
const doc = schema.node("doc", null, [
  block("paragraph", 0, "Wir wollen mehr."),
  block("heading", 2, "Netze"),
  block("paragraph", 0, "Maßstab sind alle Bürgerinnen und Bürger."),
  block("clause", 1, "Wir bauen aus."),
  block("clause", 2, "Im Tal."),
  block("clause", 3, "Und am Hang."),
  block("bullet", 1, "Bald."),
  block("heading", 2, "Beitritt"),
  block("paragraph", 0, "Jederzeit."),
])

test("a place has the name that one would say on the phone", () => {
  const places = new Whereabouts(doc, readStrings({ clauseWord: "Ziffer", textStart: "Anfang" }))
  const names: string[] = []
  doc.forEach((_block, pos) => {
    names.push(places.label(pos + 1))
  })
  expect(names).toEqual([
    "Anfang",
    "Netze",
    "Netze",
    "Ziffer 1",
    "Ziffer 1 a)",
    "Ziffer 1 a) aa)",
    "Ziffer 1 a) aa)",
    "Beitritt",
    "Beitritt",
  ])
})

test("three words stand on either side of a passage", () => {
  const start = doc.child(0).nodeSize + doc.child(1).nodeSize + 1
  const from = start + "Maßstab sind alle ".length
  expect(wordsAround(doc, from, from + "Bürgerinnen".length)).toEqual({
    before: "Maßstab sind alle ",
    after: " und Bürger.",
  })
  expect(wordsAround(doc, start, start)).toEqual({ before: "", after: "Maßstab sind alle …" })
  expect(wordsAround(doc, start - 2, start)).toMatchObject({ after: " Maßstab sind alle …" }) // a line that goes
})

test("a time is as short as it can be", () => {
  document.documentElement.lang = "de"
  const now = Date.parse("2027-05-04T12:00:00Z")
  const said = (iso: string) => timeWords(Date.parse(iso) / 1000, "short", now)
  expect(said("2027-05-04T07:12:00Z")).toBe("9:12")
  expect(said("2027-05-03T07:12:00Z")).toBe("gestern")
  expect(said("2027-04-12T07:12:00Z")).toBe("12. April")
  expect(said("2026-12-31T07:12:00Z")).toBe("31.12.2026")
  expect(timeWords(null)).toBe("")
  document.documentElement.lang = "en"
  expect(said("2027-05-04T11:12:00Z")).toBe("13:12")
  expect(said("2027-04-12T07:12:00Z")).toBe("12 April")
})
