// One scenario against one server, in a process of its own: node run.mjs '{"scenario", "peer", "options"}'.
// The last line it prints is the result as JSON.
import crypto from "node:crypto"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { CATALOGUE, targetOf } from "../peers/catalogue.mjs"
import { SCENARIOS } from "../scenarios/list.mjs"
import { sleep } from "./pace.mjs"
import { freePort, Server } from "./server.mjs"

const START_UP = 500 // what a server does after its port answers

async function main({ scenario, peer: name, options }) {
  const peer = CATALOGUE[name]
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "kraftakt-bench-"))
  const port = await freePort()
  const session = crypto.randomBytes(32).toString("base64url")
  const server = new Server({
    start: command(peer, { port, data, session, scenario }),
    port,
    log: path.join(data, "log"),
  })
  let result
  try {
    await server.start()
    await sleep(START_UP)
    const nextRoom = roomNames(peer)
    const { [scenario]: run } = await import(`../scenarios/${scenario}.mjs`)
    result = await run({ target: targetOf(peer, port, session), server, nextRoom }, options)
  } catch (error) {
    result = { ok: false, why: String(error.stack ?? error).slice(0, 1500), log: server.lastWords() }
  } finally {
    await server.stop("SIGKILL")
    fs.rmSync(data, { recursive: true, force: true })
  }
  const told = options.trace ? { ...options, trace: path.basename(options.trace) } : options
  console.log(JSON.stringify({ scenario, peer: name, options: told, ...result }))
  process.exit(0) // sockets and timers of a failed scenario must not hold it
}

function command(peer, { port, data, session, scenario }) {
  const start = peer.start({ port, data, rooms: SCENARIOS[scenario].rooms })
  return {
    ...start,
    command: start.command.map(String),
    environment: { ...start.environment, KRAFTAKT_BENCH_SESSION: session },
  }
}

/** Where rooms exist beforehand they are numbered; elsewhere any name is as good. */
function roomNames(peer) {
  let given = 0
  return () => (peer.roomsExist ? `bench-${given++}` : `bench-${process.pid}-${given++}`)
}

await main(JSON.parse(process.argv[2]))
