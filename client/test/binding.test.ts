import { deleteSelection, joinBackward, splitBlock } from "prosemirror-commands"
import { AllSelection } from "prosemirror-state"
import { describe, expect, test } from "vitest"
import { toAbsolute, toRelative } from "../src/editor/carets/anchors"
import { splitBlockAlike } from "../src/editor/controls/commands"
import { schema } from "../src/editor/text/schema"
import { Peer, pair, sync } from "./support/peer"

const TEXT = [
  { insert: "Titel" },
  { insert: "\n", attributes: { b: "heading:2" } },
  { insert: "abc" },
  { insert: "\n", attributes: { b: "paragraph:0" } },
  { insert: "def" },
  { insert: "\n", attributes: { b: "paragraph:0" } },
]

function setKind(peer: Peer, text: string, kind: string, level: number): void {
  const $pos = peer.pm.resolve(peer.find(text))
  peer.dispatch(peer.state.tr.setNodeMarkup($pos.before(), null, { ...$pos.parent.attrs, kind, level }))
}

/** All show the same, and each shows what its text holds. */
function agreed(...peers: Peer[]): string {
  sync(...peers)
  for (const peer of peers) expect(peer.shown()).toBe(peer.held())
  expect(new Set(peers.map((peer) => peer.shown())).size).toBe(1)
  expect(peers.reduce((sum, peer) => sum + peer.binding.stats.fallback, 0)).toBe(0)
  return peers[0]?.outline() ?? ""
}

describe("two people at the same place", () => {
  test("join a block into a heading and write in it: nothing is lost", () => {
    const [a, b] = pair(TEXT)
    a.select(a.find("abc"))
    a.run(joinBackward)
    b.select(b.find("abc", 3))
    b.type("XY")
    expect(agreed(a, b)).toBe("heading2[TitelabcXY] paragraph[def]")
  })

  test("split the same block at two places", () => {
    const [a, b] = pair(TEXT)
    a.select(a.find("abc", 1))
    a.run(splitBlock)
    b.select(b.find("abc", 2))
    b.run(splitBlock)
    b.type("X")
    expect(agreed(a, b)).toBe("heading2[Titel] paragraph[a] paragraph[b] paragraph[Xc] paragraph[def]")
  })

  test("change a kind twice and write: one kind wins, the letters stay", () => {
    const [a, b] = pair(TEXT)
    setKind(a, "abc", "heading", 3)
    setKind(b, "abc", "clause", 1)
    b.select(b.find("abc", 3))
    b.type("Z")
    expect(agreed(a, b)).toMatch(/(heading3|clause1)\[abcZ\]/)
  })

  test.each([
    true,
    false,
  ])("Enter after a heading whose level somebody changes keeps the new level (%s)", (first) => {
    const [x, y] = pair(TEXT)
    const [a, b] = first ? [x, y] : [y, x]
    a.select(a.find("Titel", 5))
    a.run(splitBlock)
    a.type("neu")
    setKind(b, "Titel", "heading", 3)
    expect(agreed(a, b)).toBe("heading3[Titel] paragraph[neu] paragraph[abc] paragraph[def]")
  })

  test.each([
    true,
    false,
  ])("Enter after a block while somebody writes at its end: both stay where they were (%s)", (first) => {
    const [x, y] = pair(TEXT)
    const [a, b] = first ? [x, y] : [y, x]
    a.select(a.find("Titel", 5))
    a.run(splitBlockAlike)
    a.type("neu")
    b.select(b.find("Titel", 5))
    b.type("XY")
    expect(agreed(a, b)).toBe("heading2[TitelXY] paragraph[neu] paragraph[abc] paragraph[def]")
  })

  test("deletes all while the other writes; undo brings it back around the new letters", () => {
    const [a, b] = pair(TEXT)
    a.dispatch(a.state.tr.setSelection(new AllSelection(a.pm)))
    a.run(deleteSelection)
    b.select(b.find("abc", 1))
    b.type("BB")
    expect(agreed(a, b)).toContain("BB")
    a.history.undo()
    expect(agreed(a, b)).toBe("heading2[Titel] paragraph[aBBbc] paragraph[def]")
  })
})

describe("a text that others left in an odd state", () => {
  test("never seeded: both may write", () => {
    const [a, b] = [new Peer(1, null), new Peer(2, null)]
    a.type("Ä")
    b.type("Ö")
    expect(agreed(a, b)).toMatch(/paragraph\[(ÄÖ|ÖÄ)\]/)
  })

  test("without its final line feed: it is supplied when it is needed", () => {
    const [a, b] = pair(TEXT)
    a.ytext.delete(a.ytext.length - 1, 1)
    agreed(a, b)
    b.select(b.find("def", 3))
    b.run(splitBlock)
    b.type("Ende")
    expect(agreed(a, b)).toBe("heading2[Titel] paragraph[abc] paragraph[def] paragraph[Ende]")
    setKind(b, "Ende", "quote", 0)
    expect(agreed(a, b)).toContain("quote[Ende]")
  })
})

describe("a last block that only its letters show", () => {
  test("gets a line feed when its letters go and it stays", () => {
    const [a, b] = pair([
      { insert: "abc" },
      { insert: "\n", attributes: { b: "clause:1" } },
      { insert: "de" },
    ])
    a.select(a.find("de"), a.find("de", 2))
    a.run(deleteSelection)
    expect(agreed(a, b)).toBe("clause1[abc] paragraph[]")
    a.history.undo()
    expect(agreed(a, b)).toBe("clause1[abc] paragraph[de]")
  })
})

describe("single characters", () => {
  test("an emoji replaced by one with the same first half is whole for everybody", () => {
    const [a, b] = pair([{ insert: "ab😀cd" }, { insert: "\n", attributes: { b: "paragraph:0" } }])
    const at = a.find("😀")
    a.dispatch(a.state.tr.insertText("😁", at, at + 2))
    expect(agreed(a, b)).toBe("paragraph[ab😁cd]")
    a.dispatch(a.state.tr.insertText("\ude02", at + 1, at + 2))
    expect(agreed(a, b)).toBe("paragraph[ab😂cd]")
  })

  test("line feeds, carriage returns and U+2028 in inserted text become blocks and hard breaks", () => {
    const [a, b] = pair(TEXT)
    a.dispatch(a.state.tr.insertText("u\nv\u2028w\r", 1, 1))
    expect(agreed(a, b)).toBe("heading2[u] heading2[v⏎wTitel] paragraph[abc] paragraph[def]")
  })

  test("letters that nobody sees do not come in, and those that were there stay", () => {
    const [a, b] = pair([{ insert: "ab\u0002" }, { insert: "\n", attributes: { b: "paragraph:0" } }])
    const brought = "1\u202e2\ufeff3\u000b4\u001e5\u00016\ufffc7\u2029" + "8\u200d9"
    a.dispatch(a.state.tr.insertText(brought, 1, 1))
    expect(agreed(a, b)).toBe("paragraph[123⏎4\u2011567] paragraph[8\u200d9ab\u0002]")
  })

  test("a suggestion's keys stay with their line feed when the block is split", () => {
    const [a, b] = pair([
      { insert: "abc" },
      { insert: "\n", attributes: { b: "paragraph:0", "ins:1": true } },
    ])
    a.select(a.find("abc", 1))
    a.run(splitBlock)
    agreed(a, b)
    expect(a.pm.children.map((block) => block.attrs.sug)).toEqual([{}, { "ins:1": true }])
  })
})

describe("places", () => {
  test("a comment's ends stay with its text through split, kind change and join", () => {
    const [a, b] = pair(TEXT)
    const start = toRelative(a.ytext, a.pm, a.find("abc"))
    const end = toRelative(a.ytext, a.pm, a.find("abc", 3), -1)
    b.select(b.find("abc", 1))
    b.run(splitBlock)
    setKind(b, "bc", "heading", 1)
    b.select(b.find("bc"))
    b.run(joinBackward)
    agreed(a, b)
    const [from, to] = [toAbsolute(a.ytext, a.pm, start), toAbsolute(a.ytext, a.pm, end)]
    expect(a.pm.textBetween(from ?? 0, to ?? 0, "¶")).toBe("abc")
  })

  test("bold that is switched on survives a remote letter", () => {
    const [a, b] = pair(TEXT)
    a.select(a.find("abc", 3))
    a.dispatch(a.state.tr.addStoredMark(schema.mark("strong")))
    b.select(1)
    b.type("Q")
    agreed(a, b)
    a.type("F")
    agreed(a, b)
    expect(a.pm.nodeAt(a.find("F"))?.marks.map((mark) => mark.type.name)).toEqual(["strong"])
  })

  test("undo puts the caret back where it was, moved by what others wrote before it", () => {
    const [a, b] = pair(TEXT)
    a.select(a.find("abc", 3))
    a.type("1")
    a.select(a.find("Titel"))
    b.select(1)
    b.type("REMOTE ")
    agreed(a, b)
    a.history.undo()
    expect(a.state.selection.head).toBe(a.find("abc", 3))
    expect(agreed(a, b)).toBe("heading2[REMOTE Titel] paragraph[abc] paragraph[def]")
  })
})
