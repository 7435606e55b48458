// Somebody whose caret moves, and what they have seen of the others' carets (y-protocols awareness).
import { Client } from "./client.mjs"
import { Histogram } from "./histogram.mjs"
import { clientId } from "./random.mjs"
import { join, Reader, withLength } from "./wire.mjs"

const reader = new Reader()

export class Caret {
  /** `all`: the list that this one will be in. */
  constructor(target, room, all) {
    this.all = all
    this.number = all.length
    this.id = clientId()
    this.clock = 0
    this.sentAt = [0]
    this.seen = new Map() // client id → newest clock
    this.delivered = 0
    this.latency = new Histogram()
    this.measureFrom = Number.POSITIVE_INFINITY
    this.losses = []
    this.client = new Client(target, room, {
      awareness: (bytes, start) => this.#receive(bytes, start),
      close: (why) => this.losses.push(why),
    })
  }

  connect() {
    return this.client.connect()
  }

  close() {
    this.client.close()
  }

  move() {
    this.clock++
    const state = Buffer.from(JSON.stringify(this.#state()))
    this.sentAt[this.clock] = performance.now()
    this.client.sendAwareness(join(1, this.id, this.clock, withLength(state)))
  }

  /** As large as what an editor sends: who, and a relative position for each end of the selection. */
  #state() {
    const position = {
      type: null,
      tname: "text",
      item: { client: this.id, clock: 1000 + this.clock },
      assoc: 0,
    }
    return {
      user: { name: `Person ${this.number}`, color: "#30bced", colorLight: "#30bced33" },
      cursor: { anchor: position, head: position },
    }
  }

  #receive(bytes, start) {
    const now = performance.now()
    reader.set(bytes, start)
    for (let left = reader.number(); left > 0; left--) {
      const id = reader.number()
      const clock = reader.number()
      reader.skip(reader.number())
      this.#see(id, clock, now)
    }
  }

  #see(id, clock, now) {
    const other = this.#byId(id)
    if (!other || other === this || clock <= (this.seen.get(id) ?? 0)) return
    this.seen.set(id, clock)
    this.delivered++
    const sentAt = other.sentAt[clock]
    if (sentAt >= this.measureFrom) this.latency.add(now - sentAt)
  }

  #byId(id) {
    this.others ??= new Map(this.all.map((caret) => [caret.id, caret]))
    return this.others.get(id)
  }

  isCurrent() {
    return this.all.every((other) => other === this || this.seen.get(other.id) === other.clock)
  }
}
