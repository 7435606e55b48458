// One author's real edits as fast as the room takes them, somebody watching; SIGKILL when the watcher has it
// all; what is left; then joins and an orderly restart.
import * as Y from "yjs"
import { Meter } from "../generator/accounting.mjs"
import { Client } from "../generator/client.mjs"
import { textOf } from "../generator/convergence.mjs"
import { readAfresh, readInitial } from "../generator/fresh-read.mjs"
import { sleep } from "../generator/pace.mjs"
import { editsOf, replayed } from "../generator/trace.mjs"
import { applyAll, eachRun } from "../generator/updates.mjs"

const WINDOW = 500 // edits on their way at most
const AT_ONCE = 50
const STALLED = 30_000
const JOINS = 5
const DEBOUNCE = 3_000 // longer than any peer waits before it stores

export async function trace({ target, server, nextRoom }, options) {
  const name = nextRoom()
  const before = await readInitial(target, name)
  const history = replayed(editsOf(options), Y.encodeStateAsUpdate(before))
  const watcher = new Watcher(target, name, history.author)
  await watcher.client.connect()
  const author = await new Client(target, name).connect()
  const meter = new Meter(server.pid)
  const arrived = await send(author, watcher, history.updates)
  const use = meter.read()
  await server.stop("SIGKILL")
  const seen = watcher.document()
  for (const client of [author, watcher.client]) client.close()

  await server.start()
  const back = await readAfresh(target, name, { quiet: 2000 })
  const rest = await restore(target, name, before, history)
  return {
    ok: arrived === history.updates.length && textOf(seen) === history.text && rest.equal,
    edits: history.updates.length,
    edits_per_s: arrived / use.seconds,
    cpu_us_per_edit: (use.server_cpu_s * 1e6) / arrived,
    lost_clocks: clockOf(seen, history.author) - clockOf(back.doc, history.author),
    text_survived: back.text === history.text,
    boot_after_kill_ms: server.bootMs,
    cold_join_ms: rest.joinMs,
    join_bytes: rest.bytes,
    ...(await restart(server, target, name, history.text)),
    ...use,
  }
}

class Watcher {
  constructor(target, name, author) {
    this.clock = 0
    this.client = new Client(target, name, {
      update: (bytes, start, end) =>
        eachRun(bytes, start, end, (id, clock, length) => {
          if (id === author) this.clock = Math.max(this.clock, clock + length)
        }),
    }).keep()
  }

  document() {
    return applyAll(new Y.Doc(), this.client.received)
  }
}

const clockOf = (doc, author) => Y.decodeStateVector(Y.encodeStateVector(doc)).get(author) ?? 0

/** Up to WINDOW edits ahead of the watcher. Resolves with how many have arrived. */
async function send(author, watcher, updates) {
  const clocks = clocksAfter(updates)
  let sent = 0
  let arrived = 0
  let movedAt = performance.now()
  while (arrived < updates.length && performance.now() - movedAt < STALLED) {
    const before = arrived
    while (arrived < sent && clocks[arrived] <= watcher.clock) arrived++
    if (arrived > before) movedAt = performance.now()
    const next = Math.min(updates.length, sent + AT_ONCE, arrived + WINDOW)
    if (next > sent) {
      author.socket.sendFrame(
        Buffer.concat(updates.slice(sent, next).map((update) => author.updateFrame(update))),
      )
      sent = next
      await new Promise((resolve) => setImmediate(resolve))
    } else await sleep(1)
  }
  return arrived
}

/** The author's clock after each edit. Deletions have none of their own and count with the next insertion. */
function clocksAfter(updates) {
  let after = 0
  return updates.map((update) => {
    eachRun(update, 0, update.length, (_, clock, length) => {
      after = Math.max(after, clock + length)
    })
    return after
  })
}

/** Everything is sent once more, so that joins are compared on the same text whatever was lost. */
async function restore(target, name, before, history) {
  await sleep(500) // pycrdt-websocket loses who enters a room at the moment when the last one leaves it
  const client = await new Client(target, name).connect()
  const whole = applyAll(new Y.Doc(), [Y.encodeStateAsUpdate(before), ...history.updates])
  client.send(Y.encodeStateAsUpdate(whole, Y.encodeStateVector(before)))
  const reads = []
  for (let count = 0; count < JOINS; count++)
    reads.push(await readAfresh(target, name, { expected: history.text, timeout: 10_000 }))
  await sleep(DEBOUNCE)
  client.close()
  await sleep(500)
  const [median] = reads.toSorted((a, b) => a.ms - b.ms).slice(JOINS >> 1)
  return { equal: reads.every((read) => read.text === history.text), joinMs: median.ms, bytes: median.bytes }
}

async function restart(server, target, name, text) {
  await server.stop("SIGTERM")
  await server.start()
  const read = await readAfresh(target, name, { expected: text, timeout: 10_000 })
  const kept = read.text === text
  return { boot_ms: server.bootMs, join_after_restart_ms: kept ? read.ms : null, kept_over_restart: kept }
}
