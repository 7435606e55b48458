// @vitest-environment jsdom
import { DOMParser as ProseMirrorParser } from "prosemirror-model"
import { expect, test } from "vitest"
import { cleanPastedHtml } from "../src/editor/controls/paste"
import { toBlocks } from "../src/editor/text/projection"
import { schema } from "../src/editor/text/schema"

function pasted(html: string): string[] {
  const page = new DOMParser().parseFromString(cleanPastedHtml(html), "text/html")
  const doc = ProseMirrorParser.fromSchema(schema).parse(page.body)
  return toBlocks(doc).map(({ kind, level, runs }) => `${kind}:${level} ${runs.map(({ t }) => t).join("")}`)
}

const item = (level: number, marker: string, text: string) =>
  `<p style="mso-list:l0 level${level} lfo1"><span style="mso-list: Ignore">${marker}</span>${text}</p>`

test("lists of Word become clauses and bullets without their markers", () => {
  const html =
    item(1, "1.", "Netze") + item(2, "a)", "im Dorf") + item(1, "·", "Punkt") + item(5, "–", "tief")
  expect(pasted(html)).toEqual(["clause:1 Netze", "clause:2 im Dorf", "bullet:1 Punkt", "bullet:3 tief"])
})

test("headings, lists and quotations of the web keep their kind", () => {
  const html = "<h1>A</h1><h5>B</h5><ol><li>C<ul><li>D</li></ul></li></ol><blockquote><p>E</p></blockquote>"
  expect(pasted(html)).toEqual(["heading:1 A", "heading:3 B", "clause:1 C", "bullet:2 D", "quote:0 E"])
})

test("scripts, unsafe addresses and foreign ids stay outside", () => {
  const html = '<p><a href="javascript:x">Klick</a><ins data-ins="1">neu</ins></p><script>alert(1)</script>'
  const page = new DOMParser().parseFromString(cleanPastedHtml(html), "text/html")
  const [block] = toBlocks(ProseMirrorParser.fromSchema(schema).parse(page.body))
  expect(block?.runs).toEqual([{ t: "Klickneu", m: {} }])
})
