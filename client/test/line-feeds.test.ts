/**
 * Which line feed stays with which block while others change the block's kind. Who splits has the larger
 * client id here: with the smaller one Yjs itself spreads the other's change over the new line feed.
 */
import { splitBlock } from "prosemirror-commands"
import { Fragment, Slice } from "prosemirror-model"
import { expect, test } from "vitest"
import { type Kind, schema } from "../src/editor/text/schema"
import { type Peer, pair, sync } from "./support/peer"

const TEXT = [
  { insert: "Wir fordern" },
  { insert: "\n", attributes: { b: "paragraph:0" } },
  { insert: "Ende" },
  { insert: "\n", attributes: { b: "paragraph:0" } },
]

function setKind(peer: Peer, text: string, kind: Kind, level: number): void {
  const $pos = peer.pm.resolve(peer.find(text))
  peer.dispatch(peer.state.tr.setNodeMarkup($pos.before(), null, { ...$pos.parent.attrs, kind, level }))
}

test("who splits at a block's end leaves its kind to who changes it at the same time", () => {
  const [b, a] = pair(TEXT)
  a.select(a.find("Wir fordern", 11))
  a.run(splitBlock)
  setKind(b, "Wir", "clause", 1)
  sync(a, b)
  a.type("Neu")
  sync(a, b)
  expect(b.outline()).toBe("clause1[Wir fordern] paragraph[Neu] paragraph[Ende]")
  expect(a.shown()).toBe(b.held())
})

test("blocks pasted at a block's end leave its kind alone too", () => {
  const [b, a] = pair(TEXT)
  a.select(a.find("Wir fordern", 11))
  const blocks = ["!", "Zweitens"].map((text) => schema.node("block", null, schema.text(text)))
  a.dispatch(a.state.tr.replaceSelection(new Slice(Fragment.from(blocks), 1, 1)))
  setKind(b, "Wir", "heading", 2)
  sync(a, b)
  expect(b.outline()).toBe("heading2[Wir fordern!] paragraph[Zweitens] paragraph[Ende]")
  expect(a.shown()).toBe(b.held())
})
