/** No block grows beyond what the server takes in, and nothing that was pasted is lost. */

import { joinBackward } from "prosemirror-commands"
import { Fragment, Slice } from "prosemirror-model"
import { TextSelection } from "prosemirror-state"
import { describe, expect, test } from "vitest"
import * as Y from "yjs"
import { pasteIntoEmpty, pasteLong } from "../src/editor/clipboard/feature"
import { blockLengthPlugin, MAX_BLOCK } from "../src/editor/text/block-length"
import { schema } from "../src/editor/text/schema"
import { Peer } from "./support/peer"

/** Half of a character that is two units. */
const LONE = /\p{Surrogate}/u
const WORDS = "Netze für den Ortenaukreis. "

function words(length: number): string {
  return WORDS.repeat(Math.ceil(length / WORDS.length)).slice(0, length)
}

/** Paragraphs as the text holds them; `told`: whether each edit was refused. */
function writing(...paragraphs: string[]): { peer: Peer; told: boolean[] } {
  const doc = new Y.Doc()
  doc
    .getText("text")
    .applyDelta(
      paragraphs.flatMap((text) => [{ insert: text }, { insert: "\n", attributes: { b: "paragraph:0" } }]),
    )
  const told: boolean[] = []
  const peer = new Peer(7, Y.encodeStateAsUpdate(doc), [blockLengthPlugin((refused) => told.push(refused))])
  return { peer, told }
}

function paste(peer: Peer, text: string): boolean {
  const view = { state: peer.state, dispatch: peer.binding.dispatch }
  const block = schema.node("block", null, [schema.text(text)])
  const slice = new Slice(Fragment.from(block), 1, 1)
  return pasteIntoEmpty(view, slice) || pasteLong(view, slice)
}

const lines = (peer: Peer) => peer.ytext.toString().slice(0, -1).split("\n")

/** The longest string that a single update said at once. */
function longestString(updates: Uint8Array[]): number {
  const letters = updates.flatMap((update) =>
    Y.decodeUpdate(update).structs.map((struct) =>
      "content" in struct && struct.content instanceof Y.ContentString ? struct.content.str : "",
    ),
  )
  return Math.max(...letters.flatMap((text) => text.split("\n")).map(({ length }) => length))
}

describe("what is pasted", () => {
  test.each([
    ["into an empty paragraph", ""],
    ["behind words", words(15_000)],
  ])("%s becomes several paragraphs, cut between words", (_, before) => {
    const { peer, told } = writing(before)
    const updates: Uint8Array[] = []
    peer.doc.on("update", (update: Uint8Array) => updates.push(update))
    peer.select(1 + before.length)
    const text = words(50_000)
    expect(paste(peer, text)).toBe(true)
    expect(lines(peer).join("")).toBe(before + text)
    expect(Math.max(...lines(peer).map(({ length }) => length))).toBeLessThanOrEqual(MAX_BLOCK)
    expect(
      lines(peer)
        .slice(0, -1)
        .every((line) => line.endsWith(" ")),
    ).toBe(true)
    expect(longestString(updates)).toBeLessThanOrEqual(MAX_BLOCK)
    expect(told).toEqual([false])
    peer.history.undo()
    expect(lines(peer)).toEqual([before])
  })

  test("without a gap is cut between whole characters", () => {
    const { peer } = writing("")
    const text = `x${"😀".repeat(15_000)}`
    paste(peer, text)
    expect(lines(peer).join("")).toBe(text)
    expect(lines(peer).every((line) => line.length <= MAX_BLOCK && !LONE.test(line))).toBe(true)
  })

  test("and fits is left to the editor", () => {
    const { peer } = writing("Wir")
    expect(paste(peer, words(5_000))).toBe(false)
  })
})

describe("a full paragraph", () => {
  const full = words(MAX_BLOCK)

  test("takes no further letter, and says so until something else is written", () => {
    const { peer, told } = writing(full, "")
    peer.dispatch(peer.state.tr.insertText("x", 1))
    expect(lines(peer)).toEqual([full, ""])
    peer.dispatch(peer.state.tr.insertText("x", full.length + 3))
    expect(lines(peer)).toEqual([full, "x"])
    expect(told).toEqual([true, false])
  })

  test("is not joined with the next one", () => {
    const { peer, told } = writing(full, "Netze")
    peer.dispatch(peer.state.tr.setSelection(TextSelection.create(peer.pm, full.length + 3)))
    peer.run(joinBackward)
    expect(lines(peer)).toEqual([full, "Netze"])
    expect(told).toEqual([true])
  })

  test("that came from elsewhere is too long may be split and shortened", () => {
    const { peer, told } = writing(words(MAX_BLOCK + 5_000))
    peer.dispatch(peer.state.tr.delete(1, 101))
    peer.dispatch(peer.state.tr.split(12_001))
    expect(lines(peer).map(({ length }) => length)).toEqual([12_000, 12_900])
    expect(told).toEqual([false, false])
  })

  test("takes letters from elsewhere: they are in the text", () => {
    const { peer, told } = writing(full)
    Y.applyUpdate(
      peer.doc,
      edited(peer.doc, (text) => text.insert(0, "x")),
    )
    expect(lines(peer)).toEqual([`x${full}`])
    expect(told).toEqual([])
  })
})

function edited(doc: Y.Doc, edit: (text: Y.Text) => void): Uint8Array {
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  edit(other.getText("text"))
  return Y.encodeStateAsUpdate(other)
}
