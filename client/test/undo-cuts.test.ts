import { deleteSelection } from "prosemirror-commands"
import { beforeEach, expect, test } from "vitest"
import { UndoHistory } from "../src/editor/text/undo"
import { type Peer, pair } from "./support/peer"

let peer: Peer
let history: UndoHistory

beforeEach(() => {
  ;[peer] = pair([{ insert: "Anfang" }, { insert: "\n", attributes: { b: "paragraph:0" } }])
  history = new UndoHistory(peer.binding, 60_000) // time alone cuts nothing here
  peer.select(7)
})

test("typing is taken back word by word", () => {
  peer.type(" und dann mehr")
  history.undo()
  expect(peer.outline()).toBe("paragraph[Anfang und dann ]")
  history.undo()
  expect(peer.outline()).toBe("paragraph[Anfang und ]")
})

test("a deletion at once after typing is taken back alone", () => {
  peer.type("abc")
  peer.select(1, 4)
  peer.run(deleteSelection)
  history.undo()
  expect(peer.outline()).toBe("paragraph[Anfangabc]")
})

test("letters deleted one by one come back together, and what is typed over a selection goes as one", () => {
  for (const end of [7, 6, 5]) peer.dispatch(peer.state.tr.delete(end - 1, end))
  history.undo()
  expect(peer.outline()).toBe("paragraph[Anfang]")
  peer.select(1, 7)
  peer.type("Neu")
  history.undo()
  expect(peer.outline()).toBe("paragraph[Anfang]")
})
