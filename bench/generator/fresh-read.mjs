import * as Y from "yjs"
import { Client } from "./client.mjs"
import { until } from "./pace.mjs"
import { TEXT } from "./writer.mjs"

const JOIN_TIMEOUT = 120_000

/** What a room holds before anybody has written: nothing where rooms come into being when somebody asks for them. */
export async function readInitial(target, room) {
  return target.roomsExist ? (await readAfresh(target, room, { quiet: 50 })).doc : new Y.Doc()
}

/**
 * Reads a room as somebody who has nothing yet. Some servers answer with an empty document and send the stored
 * one later; so it waits until `expected` is there, or nothing has come for `quiet` ms.
 * Resolves with {doc, text, ms, bytes}; `ms` is when the last of the content came.
 */
export async function readAfresh(target, room, { expected = null, quiet = 300, timeout = 30_000 } = {}) {
  const doc = new Y.Doc()
  const text = () => doc.getText(TEXT).toString()
  let lastAt = 0
  const client = new Client(target, room, {
    update: (bytes, start, end) => {
      if (end - start <= 2) return
      lastAt = performance.now() // before the document's own work
      Y.applyUpdate(doc, Uint8Array.prototype.slice.call(bytes, start, end))
    },
  })
  await client.connect(JOIN_TIMEOUT)
  const syncedAt = performance.now()
  const isQuiet = () => performance.now() - Math.max(lastAt, syncedAt) > quiet
  await until(() => (expected === null ? isQuiet() : text() === expected), timeout, Math.min(quiet, 20))
  client.close()
  const ms = Math.max(client.syncMs, lastAt - client.startedAt)
  return { doc, text: text(), ms, bytes: client.socket.bytesIn }
}
