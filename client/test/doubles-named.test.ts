/** What stays doubled, because another program or somebody who has left does not take it back, is named. */
import { describe, expect, test } from "vitest"
import { LETTERS, playAtRandom, remove, settle, TEXT } from "./extreme-histories"
import { complaints, playHistory } from "./histories"
import { doubledLetters, misnamed } from "./support/doubled"
import { type Peer, peersOf, resync, sync } from "./support/peer"

function named(peer: Peer): string[] {
  return peer.history.restoredTwice.passages().map(({ words }) => words)
}

/** Both have deleted and brought back the same; the second one's copy is not taken back. */
function doubled(): [Peer, Peer] {
  const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
  b.history.restoredTwice.destroy()
  for (const peer of [a, b]) {
    remove(peer, "c", "h")
    peer.history.undo()
  }
  settle([a, b])
  return [a, b]
}

describe("words that stay doubled", () => {
  test("are named, with the copy that may go and whose the copies are", () => {
    const [a, b] = doubled()
    expect(a.ytext.toString()).toContain("cdefghcdefgh")
    const [passage] = a.history.restoredTwice.passages()
    expect(passage).toMatchObject({
      words: "cdefgh",
      kept: 1,
      double: 2,
      stretches: [{ from: 8, length: 6 }],
    })
    expect(named(b)).toEqual([])
  })

  test("are named to those who were there, not only to those whose copies they are", () => {
    const [a, b, c] = peersOf(TEXT, 3) as [Peer, Peer, Peer]
    b.history.restoredTwice.destroy()
    for (const peer of [a, b]) remove(peer, "c", "h")
    sync(a, b, c)
    for (const peer of [a, b]) peer.history.undo()
    settle([a, b, c])
    expect(named(c)).toEqual(["cdefgh"])
  })

  test("are named no more once one of the copies is gone", () => {
    const [a, b] = doubled()
    let calls = 0
    a.history.restoredTwice.onChange = () => calls++
    a.dispatch(a.state.tr.delete(a.find("ghcd"), a.find("ghcd", 2)))
    expect(named(a)).toEqual(["cdef"])
    resync(a, b)
    b.dispatch(b.state.tr.delete(b.find("cdefcd"), b.find("cdefcd", 4)))
    resync(b, a)
    expect(named(a)).toEqual([])
    expect(calls).toBe(2)
    a.type("x")
    expect(calls).toBe(2)
  })

  test("are one passage even if they came back in pieces", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    b.history.restoredTwice.destroy()
    for (const peer of [a, b]) {
      remove(peer, "f", "g")
      remove(peer, "d", "i")
      peer.history.undo()
      peer.history.undo()
    }
    settle([a, b])
    expect(named(a)).toEqual(["defghi"])
  })

  test("are named again when who deleted one copy brings it back", () => {
    const [a] = doubled()
    a.dispatch(a.state.tr.delete(a.find("hcd", 1), a.find("hi", 1)))
    expect(named(a)).toEqual([])
    a.history.undo()
    expect(named(a)).toEqual(["cdefgh"])
  })

  test("are all named to those whose copies they are, and nothing else is, whatever they do", () => {
    let found = 0
    for (let seed = 0; seed < 400; seed++) {
      const { peers } = playAtRandom(seed, 0.5)
      for (const peer of peers) {
        expect(misnamed(peer), `seed ${seed}`).toEqual([])
        found += doubledLetters(peer).size
      }
    }
    expect(found).toBeGreaterThan(300)
  })
})

describe("nothing is named", () => {
  test("when a copy may stand for the same letter in two ways: it is no double of itself", () => {
    expect(complaints(playHistory(7557))).toEqual([])
  })

  test.each([
    ["in front of them", "c", "cdefgh"],
    ["behind them", "i", "cdefgh"],
    ["elsewhere", "z", "cdefgh"],
  ])("when somebody writes the same words %s, and another deletes and brings back either", (_, place, words) => {
    for (const at of [0, words.length]) {
      const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
      a.select(a.find(place))
      a.dispatch(a.state.tr.insertText(words))
      sync(a, b)
      const text = b.ytext.toString()
      const from = b.find(words, place === "z" && at ? LETTERS.lastIndexOf("z") - LETTERS.indexOf("c") : at)
      b.dispatch(b.state.tr.delete(from, from + words.length))
      sync(a, b)
      b.history.undo()
      settle([a, b])
      expect(a.ytext.toString()).toBe(text)
      expect([...named(a), ...named(b)]).toEqual([])
    }
  })

  test("when somebody pastes the same words twice and undoes and redoes that", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    for (let n = 0; n < 2; n++) {
      a.select(a.find("z"))
      a.dispatch(a.state.tr.insertText("cdefgh"))
      sync(a, b)
    }
    for (let n = 0; n < 2; n++) a.history.undo()
    sync(a, b)
    for (let n = 0; n < 2; n++) a.history.redo()
    settle([a, b])
    expect(b.ytext.toString()).toContain("cdefghcdefghz")
    expect([...named(a), ...named(b)]).toEqual([])
  })

  test("when what somebody writes in front of a word begins with it, while another deletes it and brings it back", () => {
    const [a, b] = peersOf(TEXT, 2) as [Peer, Peer]
    a.select(a.find("c"))
    a.dispatch(a.state.tr.insertText("cde und weiter "))
    remove(b, "c", "e")
    b.history.undo()
    settle([a, b])
    expect(a.ytext.toString()).toContain("abcde und weiter cdefgh")
    expect([...named(a), ...named(b)]).toEqual([])
  })
})
