// SIGKILL while ten people type. Lost is an update that somebody else had already received and that a fresh
// reader does not find after the restart. Then the old clients come back and bring what they hold.
import * as Y from "yjs"
import { Client } from "../generator/client.mjs"
import { documentOf, expectedDocument, textOf } from "../generator/convergence.mjs"
import { readAfresh } from "../generator/fresh-read.mjs"
import { pace, sleep, until } from "../generator/pace.mjs"
import { Room } from "../generator/room.mjs"

const QUIET = 1500

export async function kill({ target, server, nextRoom }, { clients, writers, rate, seconds }) {
  const place = await new Room(target, nextRoom()).open(clients)
  place.addWriters(writers, Math.ceil(rate * (seconds + 2)))
  await sleep(300)
  await pace(writers * rate, seconds + Math.random() / 2, (turn) => place.type(turn)) // not always between two
  await server.stop("SIGKILL")
  await sleep(100)
  place.close()
  const reached = place.writers.map((writer) => furthest(place, writer))

  await server.start()
  const back = await readAfresh(target, place.name, { quiet: QUIET })
  const kept = Y.decodeStateVector(Y.encodeStateVector(back.doc))
  const lost = place.writers.map((writer, index) => Math.max(0, reached[index] - (kept.get(writer.id) ?? 0)))
  const healed = await heal(place)
  return {
    ok: healed.all,
    lost_after_delivery: lost.reduce((sum, one) => sum + one, 0),
    sent: place.writers.reduce((sum, writer) => sum + writer.sent, 0),
    delivered: reached.reduce((sum, one) => sum + one, 0),
    first_text_survived: back.text.length >= place.base.lines,
    boot_ms: server.bootMs,
    heal_ms: healed.ms,
  }
}

/** How much of a writer's work anybody else had. */
const furthest = (place, writer) =>
  Math.max(
    0,
    ...place.clients.filter((each) => each !== writer.client).map((each) => each.have[writer.number]),
  )

/** All come back with their documents; within five seconds everybody has everything. */
async function heal(place) {
  const expected = textOf(expectedDocument(place))
  const returning = place.clients.map((client) => comeBack(place, client))
  const startedAt = performance.now()
  await Promise.all(returning.map(({ client }) => client.connect()))
  const all = await until(() => returning.every(({ doc }) => textOf(doc) === expected), 5000, 50)
  const ms = performance.now() - startedAt
  const fresh = await readAfresh(place.target, place.name, { expected, timeout: 5000 })
  for (const { client } of returning) client.close()
  return { all: all && fresh.text === expected, ms }
}

function comeBack(place, old) {
  const doc = documentOf(place, old)
  const client = new Client(place.target, place.name, {
    update: (bytes, start, end) => {
      if (end - start > 2) Y.applyUpdate(doc, Uint8Array.prototype.slice.call(bytes, start, end))
    },
  })
  client.stateVector = Y.encodeStateVector(doc)
  client.answer = (theirs) => Y.encodeStateAsUpdate(doc, theirs)
  return { client, doc }
}
