/** Whatever another program wrote: an open editor shows it as one that opens anew does, and writes around it. */
import { expect, test } from "vitest"
import * as Y from "yjs"
import { pair, resync } from "./support/peer"
import { Random } from "./support/random"

const SEED = [
  { insert: "Netze" },
  { insert: "\n", attributes: { b: "heading:1" as const } },
  { insert: "für alle" },
  { insert: "\n", attributes: { b: "paragraph:0" as const } },
]
const STRANGE: Record<string, (text: Y.Text) => void> = {
  "an embed behind the last line feed": (text) => text.insertEmbed(text.length, { image: "x" }),
  "an embed in a proposal": (text) => text.insertEmbed(text.length, { image: "x" }, { "ins:1": "1|Lahr|5" }),
  "an embed before everything": (text) => text.insertEmbed(0, { image: "x" }),
  "an embed alone": (text) => {
    text.delete(0, text.length)
    text.insertEmbed(0, { image: "x" })
  },
  "a type": (text) => text.insertEmbed(7, new Y.Map()),
  "letters behind the last line feed": (text) => text.insert(text.length, "x"),
  "impossible values": (text) => text.insert(1, "x\n", { strong: 5, link: {}, b: [], "ins:1": "1|L|1e99" }),
  "values without a key": (text) => text.insert(1, "x\n", { "": "x", ":": "y", "ins:": "z", "comment:": 1 }),
}

test.each(Object.entries(STRANGE))("%s", (_, write) => {
  const [foreign, peer] = pair(SEED)
  write(foreign.ytext)
  resync(foreign, peer)
  expect(peer.shown()).toBe(peer.held())
  peer.select(1)
  peer.type("Wir ")
  peer.select(peer.pm.content.size - 1)
  peer.type(" jetzt")
  expect(peer.shown()).toBe(peer.held())
  peer.dispatch(peer.state.tr.delete(0, peer.pm.content.size))
  expect(peer.shown()).toBe(peer.held())
  expect(peer.held()).not.toContain("\\ufffc")
  expect(peer.binding.stats.fallback).toBe(0)
})

/** Anything at any place, again and again, while somebody types. */
test("300 histories of strange content", () => {
  const writes = Object.values(STRANGE)
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed)
    const [foreign, peer] = pair(SEED)
    for (let round = 0; round < 8; round++) {
      strange(foreign.ytext, random, writes)
      resync(foreign, peer)
      expect(peer.shown()).toBe(peer.held())
      peer.select(1 + random.int(Math.max(1, (peer.pm.firstChild?.nodeSize ?? 2) - 1)))
      peer.type("ä")
      expect(peer.shown()).toBe(peer.held())
      resync(peer, foreign)
      expect(foreign.shown()).toBe(foreign.held())
    }
  }
})

function strange(text: Y.Text, random: Random, writes: ((text: Y.Text) => void)[]): void {
  const at = random.int(text.length + 1)
  const kind = random.next()
  if (kind < 0.4) text.insertEmbed(at, { image: "x" }, random.chance(0.5) ? { "ins:1": "1|Lahr|5" } : {})
  else if (kind < 0.6 && at < text.length) text.delete(at, 1)
  else if (kind < 0.8 && at < text.length) text.format(at, 1, { b: "table:9", strong: "no", "del:": 1 })
  else if (text.length > 8) random.pick(writes)(text)
  else text.insert(at, "x\ny")
}
