/**
 * Several people delete overlapping words and undo all of that, each without seeing the others at first. In a
 * plain Y.Text the words come back once for each of them.
 */
import { type Peer, peersOf, sync } from "./support/peer"
import { Random } from "./support/random"

export const LETTERS = "abcdefghijklm𝔄𝔅nopqrstuvwxyz"
export const TEXT = [{ insert: LETTERS }, { insert: "\n", attributes: { b: "paragraph:0" } }]

export function remove(peer: Peer, from: string, to: string): void {
  peer.dispatch(peer.state.tr.delete(peer.find(from), peer.find(to, to.length)))
}

export function settle(peers: readonly Peer[]): void {
  for (let round = 0; round < 3; round++) sync(...peers)
}

/** `plain`: the share of those whose program removes nothing. */
export function playAtRandom(seed: number, plain = 0): { peers: Peer[]; others: Peer[] } {
  const random = new Random(seed)
  const all = peersOf(TEXT, 2 + (seed % 3))
  const others = all.filter(() => random.chance(plain))
  for (const peer of others) peer.history.restoredTwice.destroy()
  for (let n = 0; n < 12; n++) act(random.pick(all), all, random)
  for (const peer of random.shuffle([...all])) undoEverything(peer, all, random)
  settle(all)
  return { peers: all.filter((peer) => !others.includes(peer)), others }
}

function undoEverything(peer: Peer, peers: Peer[], random: Random): void {
  do {
    if (random.chance(0.3)) sync(...peers)
    if (random.chance(0.2)) peer.history.redo()
  } while (peer.history.undo())
}

function act(peer: Peer, peers: Peer[], random: Random): void {
  if (random.chance(0.6) && peer.ytext.length > 3) {
    const text = [...peer.ytext.toString()].slice(0, -1)
    const from = random.int(text.length)
    const to = Math.min(text.length - 1, from + random.int(6))
    remove(peer, text[from] ?? "", `${text[to] ?? ""}`)
  } else sync(peer, random.pick(peers))
}
