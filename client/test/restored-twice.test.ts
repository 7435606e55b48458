/** What several people bring back at once is there once in the end. */
import { describe, expect, test } from "vitest"
import { LETTERS, playAtRandom, remove, settle, TEXT } from "./extreme-histories"
import { type Peer, peersOf, sync } from "./support/peer"

/** Each has brought back what it deleted and does not know of the other's yet: f to h are there twice then. */
function overlapping(): [Peer, Peer] {
  const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
  remove(a, "f", "h")
  remove(b, "c", "h")
  a.history.undo()
  b.history.undo()
  return [a, b]
}

describe("what several people bring back", () => {
  test("is there once when all deleted the same", () => {
    const peers = peersOf(TEXT, 3)
    for (const peer of peers) remove(peer, "c", "h")
    sync(...peers)
    for (const peer of peers) peer.history.undo()
    settle(peers)
    expect(peers.map((peer) => peer.ytext.toString())).toEqual(Array(3).fill(`${LETTERS}\n`))
  })

  test("is there once when one has seen the other's undo", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    remove(a, "c", "h")
    remove(b, "f", "k")
    sync(a, b)
    a.history.undo()
    sync(a, b)
    b.history.undo()
    settle([a, b])
    expect(a.ytext.toString()).toBe(`${LETTERS}\n`)
    expect(b.held()).toBe(a.shown())
  })

  test("stays when another writes the same letters elsewhere", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    remove(b, "c", "e")
    sync(a, b)
    b.history.undo()
    a.select(a.find("z"))
    a.type("cde")
    settle([a, b])
    expect(a.ytext.toString()).toBe(`${LETTERS.replace("z", "cdez")}\n`)
  })

  test("can be deleted again, and is gone for all then", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    for (const peer of [a, b]) remove(peer, "c", "h")
    sync(a, b)
    for (const peer of [a, b]) peer.history.undo()
    settle([a, b])
    a.history.redo()
    settle([a, b])
    expect(b.ytext.toString()).toBe(`${LETTERS.replace("cdefgh", "")}\n`)
  })

  test("stays single when it is undone, redone and undone again", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    for (const peer of [a, b]) remove(peer, "c", "h")
    sync(a, b)
    b.history.undo()
    b.history.redo()
    b.history.undo()
    a.history.undo()
    settle([a, b])
    expect(a.ytext.toString()).toBe(`${LETTERS}\n`)
  })

  test("is there once when one had written over it", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    for (const [peer, words] of [
      [a, "12"],
      [b, "345"],
    ] as const) {
      peer.select(peer.find("c"), peer.find("i"))
      peer.dispatch(peer.state.tr.insertText(words))
      peer.history.undo()
    }
    settle([a, b])
    expect(a.ytext.toString()).toBe(`${LETTERS}\n`)
    expect(b.held()).toBe(a.shown())
  })

  test("keeps the caret where one's own copy goes and the other's stays behind it", () => {
    const [a, b] = overlapping()
    b.select(b.find("h", 1))
    settle([a, b])
    b.type("!")
    settle([a, b])
    expect(a.ytext.toString()).toBe(`${LETTERS.replace("h", "h!")}\n`)
  })

  test("keeps a selection, too", () => {
    const [a, b] = overlapping()
    b.select(b.find("h", 1), b.find("f"))
    settle([a, b])
    const { selection } = b.state
    expect(b.pm.textBetween(selection.from, selection.to)).toBe("fgh")
    expect(selection.head).toBe(selection.from)
  })

  test.each([
    [0, 1],
    [1, 0],
  ])("is selected again for whoever deleted it selected (%i before %i)", (first, second) => {
    const peers = peersOf(TEXT, 2)
    const [a, b] = [peers[first], peers[second]] as [Peer, Peer]
    for (const peer of [a, b]) {
      peer.select(peer.find("c"), peer.find("h", 1))
      peer.dispatch(peer.state.tr.deleteSelection())
    }
    sync(a, b)
    for (const peer of [a, b]) {
      peer.history.undo()
      settle([a, b])
    }
    for (const { pm, state } of [a, b])
      expect(pm.textBetween(state.selection.from, state.selection.to)).toBe("cdefgh")
    expect(a.ytext.toString()).toBe(`${LETTERS}\n`)
  })

  test("is never lost and never there twice, whatever they delete and undo", () => {
    for (let seed = 0; seed < 400; seed++) {
      const { peers } = playAtRandom(seed)
      const texts = peers.map((peer) => [...peer.ytext.toString()].sort().join(""))
      expect(new Set(texts), `seed ${seed}`).toEqual(new Set([[...`${LETTERS}\n`].sort().join("")]))
      for (const peer of peers) expect(peer.shown(), `seed ${seed}`).toBe(peers[0]?.held())
    }
  })
})
