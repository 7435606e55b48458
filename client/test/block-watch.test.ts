import { afterEach, beforeEach, expect, test } from "vitest"
import * as Y from "yjs"
import { BlockWatch } from "../src/sync/block-watch"

/** Blocks at 0–4, 5–9 and 10–14; the middle one is composed in. */
let doc: Y.Doc
let other: Y.Doc
let watch: BlockWatch

beforeEach(() => {
  doc = new Y.Doc()
  doc.getText("text").insert(0, "eins\nzwei\ndrei\n", {})
  other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  watch = new BlockWatch(doc.getText("text"), () => {
    const from = doc.getText("text").toString().indexOf("\n", 3) + 1
    return { from, to: doc.getText("text").toString().indexOf("\n", from) }
  })
})

afterEach(() => watch.destroy())

function update(change: (text: Y.Text) => void): Uint8Array {
  const before = Y.encodeStateVector(other)
  change(other.getText("text"))
  return Y.encodeStateAsUpdate(other, before)
}

test.each<[string, boolean, (text: Y.Text) => void]>([
  ["a letter in another block", false, (text) => text.insert(2, "x", {})],
  ["a letter at the end of another block", false, (text) => text.insert(14, "x", {})],
  ["a letter in the block", true, (text) => text.insert(7, "x", {})],
  ["a letter at its start", true, (text) => text.insert(5, "x", {})],
  ["a letter at its end", true, (text) => text.insert(9, "x", {})],
  ["its kind", true, (text) => text.format(9, 1, { b: "heading:1" })],
  ["a deletion that reaches into it", true, (text) => text.delete(2, 4)],
  ["a join with the block before", true, (text) => text.delete(4, 1)],
  ["a deletion behind it", false, (text) => text.delete(11, 3)],
])("%s: %s", (_what, touches, change) => {
  expect(watch.touches(update(change))).toBe(touches)
})

test("what was held or typed meanwhile is reckoned with", () => {
  expect(watch.touches(update((text) => text.insert(6, "xxxxxxxx", {})))).toBe(true)
  doc.getText("text").insert(0, "mehr ", {})
  expect(watch.touches(update((text) => text.insert(20, "y", {})))).toBe(false)
})
