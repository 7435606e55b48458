// The clients and writers of one room, and the account of who has got what.
import * as Y from "yjs"
import { Client } from "./client.mjs"
import { readInitial } from "./fresh-read.mjs"
import { Histogram } from "./histogram.mjs"
import { inGroups, sleep, until } from "./pace.mjs"
import { eachRun } from "./updates.mjs"
import { startingText, Writer } from "./writer.mjs"

const AT_A_TIME = 20
const SEED_TRIES = 100

export class Room {
  constructor(target, name) {
    this.target = target
    this.name = name
    this.clients = []
    this.writers = []
    this.writerOf = new Map()
    this.latency = new Histogram()
    this.measureFrom = Number.POSITIVE_INFINITY // only what is sent from then on gives a sample
    this.offered = 0 // one update to one client that did not write it
    this.delivered = 0
    this.repeated = 0
    this.losses = []
  }

  /** Opens the room, gives it a text and lets `count` clients in. */
  async open(count, { lines, keep = count } = {}) {
    await this.#seed(lines)
    const coming = Array.from({ length: count }, (_, index) => this.#newClient(index < keep))
    this.clients.push(...coming)
    await inGroups(coming, AT_A_TIME, (client) => client.connect())
    this.seeder.close()
    return this
  }

  async #seed(lines) {
    const before = await readInitial(this.target, this.name)
    this.base = startingText(Y.encodeStateAsUpdate(before), lines)
    // Stays until others are there: some servers forget a room that nobody is in.
    this.seeder = await new Client(this.target, this.name).connect()
    this.seeder.send(this.base.update)
    if (this.target.protocol === "relay") return
    for (let tries = 0; tries < SEED_TRIES; tries++) {
      const reader = await new Client(this.target, this.name).connect()
      reader.close()
      if (reader.syncBytes >= this.base.update.length * 0.9) return
      await sleep(20)
    }
    throw new Error("the first text did not arrive")
  }

  #newClient(keep) {
    const client = new Client(this.target, this.name, {
      update: (bytes, start, end) => this.#receive(client, bytes, start, end),
      close: (why) => this.losses.push(why),
    })
    client.have = [] // by writer: up to which update without a gap
    client.ahead = new Set() // single updates that came before their predecessors
    return keep ? client.keep() : client
  }

  addWriters(count, prepared) {
    for (let index = 0; index < count; index++) {
      const number = this.writers.length
      const writer = new Writer(this.base, number, this.clients[number % this.clients.length])
      writer.prepare(prepared)
      this.writers.push(writer)
      this.writerOf.set(writer.id, writer)
      for (const client of this.clients) client.have[number] = 0
    }
  }

  type(turn) {
    this.writers[turn % this.writers.length].send()
    this.offered += this.clients.length - 1
  }

  #receive(client, bytes, start, end) {
    const now = performance.now()
    eachRun(bytes, start, end, (id, clock, length) => {
      const writer = this.writerOf.get(id)
      if (!writer || writer.client === client) return
      for (let index = clock; index < clock + length; index++) this.#count(client, writer, index, now)
      while (client.ahead.delete(place(writer, client.have[writer.number]))) client.have[writer.number]++
    })
  }

  #count(client, writer, index, now) {
    const have = client.have[writer.number]
    if (index < have || (index > have && client.ahead.has(place(writer, index)))) {
      this.repeated++
      return
    }
    if (index === have) client.have[writer.number]++
    else client.ahead.add(place(writer, index))
    this.delivered++
    const sentAt = writer.sentAt[index]
    if (sentAt >= this.measureFrom) this.latency.add(now - sentAt)
  }

  get missing() {
    return this.offered - this.delivered
  }

  /** Resolves with whether everything arrived everywhere. */
  drain(timeout = 15_000) {
    return until(() => this.missing <= 0 || this.losses.length > 0, timeout).then(() => this.missing <= 0)
  }

  frames() {
    return this.clients.reduce((sum, client) => sum + client.socket.framesIn, 0)
  }

  bytes() {
    return this.clients.reduce((sum, client) => sum + client.socket.bytesIn, 0)
  }

  close() {
    for (const client of this.clients) client.close()
  }
}

/** One number for an update of a writer; nobody sends a hundred million. */
const place = (writer, index) => writer.number * 1e8 + index
