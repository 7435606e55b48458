// After the break 200 people open a text of 105,000 characters within two seconds.
import * as Y from "yjs"
import { Meter } from "../generator/accounting.mjs"
import { Client } from "../generator/client.mjs"
import { textOf } from "../generator/convergence.mjs"
import { readAfresh, readInitial } from "../generator/fresh-read.mjs"
import { Histogram } from "../generator/histogram.mjs"
import { pace, sleep } from "../generator/pace.mjs"
import { editsOf, replayed } from "../generator/trace.mjs"
import { applyAll } from "../generator/updates.mjs"

const TIMEOUT = 60_000
const IN_ONE_MESSAGE = 1_000 // edits: how many pieces of text one message may bring is bounded

export async function joins({ target, server, nextRoom }, { clients, within, edits, trace }) {
  const name = nextRoom()
  const holder = await new Client(target, name).connect()
  const { text, stateBytes } = await fill(holder, target, name, { edits, trace })
  const latency = new Histogram()
  const coming = []
  const failures = []
  const meter = new Meter(server.pid)
  await pace(clients / within, within, () => {
    const client = new Client(target, name).keep()
    const joined = client.connect(TIMEOUT).then(
      () => latency.add(client.syncMs),
      (error) => failures.push(error.message),
    )
    coming.push({ client, joined })
  })
  await Promise.all(coming.map(({ joined }) => joined))
  const use = meter.read()
  await sleep(300)
  const equal = countEqual(coming, text)
  for (const { client } of [...coming, { client: holder }]) client.close()
  return {
    ok: !failures.length && equal === clients,
    characters: text.length,
    state_bytes: stateBytes,
    ...latency.summary(),
    all_joined_s: use.seconds,
    cpu_ms_per_join: (use.server_cpu_s * 1000) / clients,
    equal,
    failures: failures.slice(0, 3),
    ...use,
  }
}

async function fill(holder, target, name, source) {
  const doc = await readInitial(target, name)
  const { updates, text } = replayed(editsOf(source), Y.encodeStateAsUpdate(doc))
  applyAll(doc, updates)
  for (let at = 0; at < updates.length; at += IN_ONE_MESSAGE)
    holder.send(Y.mergeUpdates(updates.slice(at, at + IN_ONE_MESSAGE)))
  const after = await readAfresh(target, name, { expected: text })
  if (after.text !== text) throw new Error("the long text did not arrive")
  return { text, stateBytes: Y.encodeStateAsUpdate(doc).length }
}

/** Most get the same bytes, so each answer is read once. */
function countEqual(coming, text) {
  const known = new Map()
  const isEqual = ({ client }) => {
    const key = Buffer.from(client.received.buffer.subarray(0, client.received.size)).toString("latin1")
    if (!known.has(key)) known.set(key, textOf(applyAll(new Y.Doc(), client.received)) === text)
    return known.get(key)
  }
  return coming.filter(isEqual).length
}
