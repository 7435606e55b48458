// @vitest-environment jsdom
import { DOMParser as ProseMirrorParser } from "prosemirror-model"
import { describe, expect, test } from "vitest"
import { cleanHtml, LOSSES } from "../src/editor/clipboard/clean"
import { joinLines } from "../src/editor/clipboard/lines"
import { type RunJson, toBlocks } from "../src/editor/text/projection"
import { schema } from "../src/editor/text/schema"
import { RECORDED } from "./clipboards/recorded"

function parsed(html: string) {
  const page = new DOMParser().parseFromString(html, "text/html")
  return toBlocks(ProseMirrorParser.fromSchema(schema).parse(page.body))
}

const signed = ({ t, m }: RunJson) => {
  const words = m.em ? `/${t}/` : t
  return m.strong ? `*${words}*` : words
}

describe("what was copied from", () => {
  test.each(RECORDED)("$name keeps what the text can hold", ({ html, expected, lost = [] }) => {
    const cleaned = cleanHtml(html)
    expect(cleaned.html).not.toContain("style=")
    const lines = parsed(cleaned.html).map(
      ({ kind, level, runs }) => `${kind}:${level} ${runs.map(signed).join("")}`,
    )
    expect(lines).toEqual(expected)
    expect(LOSSES.filter((loss) => cleaned.lost.has(loss))).toEqual(lost)
  })
})

test("scripts, unsafe addresses and foreign ids stay outside", () => {
  const html = '<p><a href="javascript:x">Klick</a><ins data-ins="1">neu</ins></p><script>alert(1)</script>'
  expect(parsed(cleanHtml(html).html)[0]?.runs).toEqual([{ t: "Klickneu", m: {} }])
})

describe("the lines of a PDF", () => {
  test("become paragraphs again", () => {
    const text = [
      "Die Städte und Gemeinden des Kreises fordern mehr Mit-",
      "tel für den Ausbau der Netze in Baden-",
      "Württemberg und für die Kreise, vor allem für Stadt- und",
      "Landkreise.",
      "Zweitens wird das Land gebeten, die Zuschüsse für den",
      "Nahverkehr zu erhöhen.",
    ].join("\n")
    expect(joinLines(text).split("\n")).toEqual([
      "Die Städte und Gemeinden des Kreises fordern mehr Mittel für den Ausbau der Netze in Baden-Württemberg und für die Kreise, vor allem für Stadt- und Landkreise.",
      "Zweitens wird das Land gebeten, die Zuschüsse für den Nahverkehr zu erhöhen.",
    ])
  })

  test.each([
    "Offenburg\nLahr\nKehl",
    "1. Wir bauen im ganzen Kreis Netze aus Glasfasern\n2. Wir zahlen es selbst, ohne einen Zuschuss",
    "Ein Absatz.\n\nNoch einer.",
  ])("stay apart where they are no lines of a page: %j", (text) => {
    expect(joinLines(text)).toBe(text)
  })
})
