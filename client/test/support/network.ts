/** Delivers updates between peers late, out of order, or not at all; what was lost comes with a resync. */
import * as Y from "yjs"
import { NET, type Peer, resync } from "./peer"
import type { Random } from "./random"

export class Network {
  lost = 0
  private readonly inboxes: Uint8Array[][]
  private readonly offline = new Set<number>()

  constructor(
    private readonly peers: readonly Peer[],
    private readonly random: Random,
    /** Called around each delivery with the receiving peer. */
    private readonly around: (peer: Peer, deliver: () => void) => void,
  ) {
    this.inboxes = peers.map(() => [])
    peers.forEach((peer, i) => {
      peer.doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== NET) this.send(i, update)
      })
    })
  }

  /** Some or all that waits for the peer, one delivery in five out of order. */
  deliver(to: number, all: boolean): void {
    const inbox = this.inboxes[to]
    const peer = this.peers[to]
    if (!inbox?.length || !peer || this.offline.has(to)) return
    if (this.random.chance(0.2)) this.random.shuffle(inbox)
    const count = all ? inbox.length : 1 + this.random.int(inbox.length)
    for (const update of inbox.splice(0, count)) {
      this.around(peer, () => Y.applyUpdate(peer.doc, update, NET))
    }
  }

  /** Goes offline: nothing in, nothing out, what was on its way is lost. Or comes back and catches up. */
  toggle(index: number): void {
    if (!this.offline.delete(index)) {
      this.offline.add(index)
      this.lost += this.inboxes[index]?.splice(0).length ?? 0
      return
    }
    this.catchUp(index)
  }

  /** Everybody is back, everything arrives. */
  settle(): void {
    for (const index of [...this.offline]) this.toggle(index)
    for (let round = 0; round < 6; round++) for (const i of this.peers.keys()) this.deliver(i, true)
    for (let round = 0; round < 2; round++) for (const i of this.peers.keys()) this.catchUp(i)
  }

  private catchUp(index: number): void {
    const peer = this.peers[index]
    if (!peer) return
    this.peers.forEach((other, i) => {
      if (i === index || this.offline.has(i)) return
      this.around(peer, () => resync(other, peer))
      this.around(other, () => resync(peer, other))
    })
  }

  private send(from: number, update: Uint8Array): void {
    this.inboxes.forEach((inbox, to) => {
      if (to === from) return
      if (this.offline.has(from) || this.offline.has(to) || this.random.chance(0.03)) this.lost++
      else inbox.push(update)
    })
  }
}
