// Does every client hold the document that the sent updates make? A fast wrong server is not fast.
import * as Y from "yjs"
import { applyAll } from "./updates.mjs"
import { TEXT } from "./writer.mjs"

const MAX_UPDATES = 400_000 // what is applied for one check; beyond that only the first documents are compared

/** The document of a client: what it was given and what it wrote itself. */
export function documentOf(room, client) {
  const own = room.writers.filter((writer) => writer.client === client).flatMap(sentBy)
  const base = client.target.protocol === "relay" ? [room.base.whole] : []
  return applyAll(new Y.Doc(), [...base, ...client.received, ...own])
}

export function expectedDocument(room) {
  return applyAll(new Y.Doc(), [room.base.whole, ...room.writers.flatMap(sentBy)])
}

export const textOf = (doc) => doc.getText(TEXT).toString()

const sentBy = (writer) => writer.updates.slice(0, writer.sent)

/** {converged, checked}: `checked` documents were built and compared; of all clients the account must be complete. */
export function convergence(room) {
  const expected = textOf(expectedDocument(room))
  const complete = room.clients.every((client) =>
    room.writers.every((writer) => writer.client === client || client.have[writer.number] === writer.sent),
  )
  let left = MAX_UPDATES
  let checked = 0
  let equal = 0
  for (const client of room.clients.filter((each) => each.received)) {
    if (checked && client.received.count > left) continue
    left -= client.received.count
    const doc = documentOf(room, client)
    const pending = doc.store.pendingStructs || doc.store.pendingDs
    checked++
    if (!pending && textOf(doc) === expected) equal++
    doc.destroy()
  }
  return { converged: complete && equal === checked, checked }
}
