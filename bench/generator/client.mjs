// One client of a room. It keeps bytes and answers the protocol; it holds no document of its own.
import { UpdateList } from "./updates.mjs"
import { frame, WebSocketClient } from "./websocket.mjs"
import {
  awarenessMessage,
  hocuspocusLogin,
  Reader,
  STEP_1,
  STEP_2,
  syncMessage,
  UPDATE,
  withLength,
} from "./wire.mjs"

const reader = new Reader()
const NOTHING_KNOWN = Uint8Array.of(0)
const NOTHING_NEW = Uint8Array.of(0, 0)
const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const SYNC_REPLY = 4
const AUTHENTICATED = 2

export class Client {
  /**
   * `target`: {url with {room}, headers, protocol: "y" | "hocuspocus" | "relay"}; a relay answers no sync.
   * `on`: update(bytes, start, end), awareness(bytes, start, end), close(why); all may be absent.
   */
  constructor(target, room, on = {}) {
    this.target = target
    this.room = room
    this.on = on
    this.prefix = target.protocol === "hocuspocus" ? withLength(Buffer.from(room)) : Buffer.alloc(0)
    this.received = null
    this.stateVector = NOTHING_KNOWN
    this.answer = () => NOTHING_NEW
    this.synced = false
  }

  /** Keeps every update that comes. */
  keep() {
    this.received = new UpdateList()
    return this
  }

  /** Resolves with the client when it is in sync; `syncMs` and `syncBytes` say how that went. */
  connect(timeout = 30_000) {
    return new Promise((resolve, reject) => {
      this.startedAt = performance.now()
      const timer = setTimeout(() => {
        reject(new Error(`no sync within ${timeout / 1000} s in ${this.room}`))
        this.close()
      }, timeout)
      this.settle = (error, at = performance.now()) => {
        clearTimeout(timer)
        if (error) return reject(error)
        this.synced = true
        this.syncMs = at - this.startedAt
        resolve(this)
      }
      this.socket = new WebSocketClient(
        this.target.url.replaceAll("{room}", encodeURIComponent(this.room)),
        this.target.headers,
        {
          open: () => this.#greet(),
          message: (bytes, start) => this.#message(bytes, start),
          close: (why) => this.#closed(why),
        },
      )
    })
  }

  updateFrame(update) {
    return frame(syncMessage(this.prefix, UPDATE, update))
  }

  send(update) {
    this.socket.sendFrame(this.updateFrame(update))
  }

  sendAwareness(update) {
    this.socket.sendFrame(frame(awarenessMessage(this.prefix, update)))
  }

  close() {
    this.socket?.close()
  }

  #greet() {
    if (this.target.protocol === "hocuspocus") this.socket.send(hocuspocusLogin(this.prefix))
    else if (this.target.protocol === "relay") this.settle()
    else this.#askForAll()
  }

  #askForAll() {
    this.socket.send(syncMessage(this.prefix, STEP_1, this.stateVector))
  }

  #closed(why) {
    if (!this.synced) this.settle(new Error(`closed before it was in sync: ${why}`))
    this.on.close?.(why)
  }

  /** Message types of a server's own, ours for instance, are left alone. */
  #message(bytes, start) {
    reader.set(bytes, start)
    if (this.prefix.length) reader.skip(reader.number())
    const type = reader.number()
    if (type === SYNC || type === SYNC_REPLY) this.#sync(bytes)
    else if (type === AWARENESS) {
      const length = reader.number()
      this.on.awareness?.(bytes, reader.at, reader.at + length)
    } else if (type === AUTH && this.prefix.length) this.#authenticated(reader.number() === AUTHENTICATED)
  }

  #authenticated(allowed) {
    if (allowed) this.#askForAll()
    else this.close()
  }

  #sync(bytes) {
    const inner = reader.number()
    const length = reader.number()
    const start = reader.at
    if (inner === STEP_1) {
      const theirs = Uint8Array.prototype.slice.call(bytes, start, start + length)
      this.socket.send(syncMessage(this.prefix, STEP_2, this.answer(theirs)))
      return
    }
    const cameAt = performance.now() // what a document of ours does with it is not the server's time
    this.received?.push(bytes, start, start + length)
    this.on.update?.(bytes, start, start + length)
    if (inner === STEP_2 && !this.synced) {
      this.syncBytes = length
      this.settle(null, cameAt)
    }
  }
}
