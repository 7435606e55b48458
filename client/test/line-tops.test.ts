// @vitest-environment jsdom
/** Within a block that has not changed, the browser is asked for a letter's place once for each width. */
import type { EditorView } from "prosemirror-view"
import { expect, test } from "vitest"
import { LineTops } from "../src/editor/margin/line-tops"
import { schema } from "../src/editor/text/schema"

function block(words: string) {
  return schema.nodes.block.create(null, words ? schema.text(words) : null)
}

test("the same block is measured once, a changed one and another width anew", () => {
  const kept = block("Wir bauen Netze aus.")
  const texts = [block("Präambel"), kept].map((each) => each)
  const doc = schema.nodes.doc.create(null, texts)
  const dom = document.createElement("p")
  const asked: number[] = []
  const text = { clientWidth: 600 }
  const view = {
    dom: text,
    nodeDOM: () => dom,
    coordsAtPos: (pos: number) => {
      asked.push(pos)
      return { top: 40 }
    },
  } as unknown as EditorView
  const lines = new LineTops(view)
  expect([lines.measure(doc)(14), lines.measure(doc)(14)]).toEqual([40, 40])
  const later = schema.nodes.doc.create(null, [block("Präambel!"), kept])
  lines.measure(later)(15)
  expect(asked).toEqual([14])
  lines.measure(later)(3)
  text.clientWidth = 300
  lines.measure(later)(15)
  expect(asked).toEqual([14, 3, 15])
})
