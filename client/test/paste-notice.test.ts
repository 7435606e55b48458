// @vitest-environment jsdom
import { Fragment, Slice } from "prosemirror-model"
import { expect, test } from "vitest"
import * as Y from "yjs"
import { clipboard } from "../src/editor/clipboard/feature"
import type { Editor } from "../src/editor/feature"
import { schema } from "../src/editor/text/schema"
import { readStrings } from "../src/strings"
import { Peer } from "./support/peer"

test("what a paste could not take along is not said of the next one", () => {
  const { panel, plugins } = clipboard({ strings: readStrings({}) } as Editor)
  const props = plugins?.[0]?.props as unknown as Readonly<Record<string, (words: string) => string>>
  props.transformPastedHTML?.('<p>Bild <img src="x.png"></p>')
  expect(panel?.hidden).toBe(false)
  props.transformPastedText?.("Nur Text")
  expect(panel?.hidden).toBe(true)
})

test("a picture pasted alone is said to be left out", () => {
  const { panel, plugins } = clipboard({ strings: readStrings({}) } as Editor)
  const props = plugins?.[0]?.props as unknown as Readonly<Record<string, (...given: unknown[]) => boolean>>
  const files = [new File(["x"], "screen.png", { type: "image/png" })]
  const clipboardData = { files, getData: () => "" }
  expect(props.handlePaste?.(null, { clipboardData }, null)).toBe(true)
  expect(panel?.hidden).toBe(false)
})

test("more than the server takes in one message is not pasted, and a sentence says so", () => {
  const { panel, plugins } = clipboard({ strings: readStrings({}) } as Editor)
  const props = plugins?.[0]?.props as unknown as Readonly<Record<string, (...given: unknown[]) => boolean>>
  const clipboardData = { files: [], getData: () => "words" }
  expect(props.handlePaste?.(null, { clipboardData }, paragraphs(1_501))).toBe(true)
  expect(panel?.hidden).toBe(false)
  expect(structsOfProposed(paragraphs(1_500))).toBeLessThan(25_000)
})

/** Each is a block, a run of letters and one with a format. */
function paragraphs(count: number): Slice {
  const runs = [schema.text("Wort "), schema.text("betont", [schema.mark("em")])]
  const one = () => schema.node("block", { kind: "paragraph", level: 0 }, runs)
  return new Slice(Fragment.from(Array.from({ length: count }, one)), 1, 1)
}

/** Of the update that the pasted words are sent in. */
function structsOfProposed(slice: Slice): number {
  const origin = new Y.Doc()
  origin.getText("text").applyDelta([{ insert: "\n", attributes: { b: "paragraph:0" } }])
  const peer = new Peer(1, Y.encodeStateAsUpdate(origin))
  const author = { person: 1, municipality: "Offenburg" }
  peer.binding.proposing = { author, now: () => 1_750_000_000, newId: () => "1" }
  let structs = 0
  peer.doc.on("update", (update: Uint8Array) => {
    structs = Math.max(structs, Y.decodeUpdate(update).structs.length)
  })
  peer.dispatch(peer.state.tr.replaceSelection(slice))
  return structs
}
