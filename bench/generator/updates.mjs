// Who wrote what in a Yjs v1 update, without building the structs: the generator reads every update that
// every client gets, and must not become the thing that is measured.
import * as Y from "yjs"
import { Reader } from "./wire.mjs"

const reader = new Reader()
const GC = 0
const DELETED = 1
const STRING = 4
const SKIP = 10

/** Calls `found(client, clock, length)` for each run of structs in bytes[start, end). */
export function eachRun(bytes, start, end, found) {
  reader.set(bytes, start)
  const clients = reader.number()
  for (let index = 0; index < clients; index++) {
    const structs = reader.number()
    const client = reader.number()
    const from = reader.number()
    const to = clockAfter(structs, from)
    if (to === null) return eachRunSlowly(bytes.subarray(start, end), found)
    if (to > from) found(client, from, to - from)
  }
}

/** null for contents that the scenarios do not write themselves. */
function clockAfter(structs, clock) {
  for (let index = 0; index < structs; index++) {
    const info = reader.bytes[reader.at++]
    const kind = info & 31
    if (kind === SKIP) return null
    if (kind === GC) {
      clock += reader.number()
      continue
    }
    skipOriginAndParent(info)
    if (kind === STRING) clock += stringLength()
    else if (kind === DELETED) clock += reader.number()
    else return null
  }
  return clock
}

function skipOriginAndParent(info) {
  for (const flag of [0x80, 0x40]) if (info & flag) skipId()
  if (info & 0xc0) return
  if (reader.number() === 1) reader.skip(reader.number())
  else skipId()
  if (info & 0x20) reader.skip(reader.number())
}

function skipId() {
  reader.number()
  reader.number()
}

function stringLength() {
  const size = reader.number()
  const from = reader.at
  reader.skip(size)
  for (let at = from; at < from + size; at++) {
    if (reader.bytes[at] > 127)
      return new TextDecoder().decode(reader.bytes.subarray(from, from + size)).length
  }
  return size
}

function eachRunSlowly(update, found) {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct.constructor.name !== "Skip") found(struct.id.client, struct.id.clock, struct.length)
  }
}

/** Updates one after the other in one growing buffer: thousands of small arrays would cost the generator more. */
export class UpdateList {
  constructor() {
    this.buffer = Buffer.allocUnsafe(4096)
    this.size = 0
    this.count = 0
  }

  push(bytes, start = 0, end = bytes.length) {
    const needed = this.size + 4 + end - start
    if (needed > this.buffer.length) this.#grow(needed)
    this.buffer.writeUInt32LE(end - start, this.size)
    this.buffer.set(bytes.subarray(start, end), this.size + 4)
    this.size = needed
    this.count++
  }

  #grow(needed) {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2))
    this.buffer.copy(larger, 0, 0, this.size)
    this.buffer = larger
  }

  *[Symbol.iterator]() {
    for (let at = 0; at < this.size; ) {
      const length = this.buffer.readUInt32LE(at)
      yield new Uint8Array(this.buffer.buffer, this.buffer.byteOffset + at + 4, length)
      at += 4 + length
    }
  }
}

/** Applies them in one transaction; an empty update has two bytes. */
export function applyAll(doc, updates) {
  doc.transact(() => {
    for (const update of updates) if (update.length > 2) Y.applyUpdate(doc, update)
  })
  return doc
}
