// What an idle connection and an idle room weigh. Resident memory is a coarse measure: a server takes pages
// in advance and gives few back, so it is warmed up first and the numbers of rooms and connections are large.
import { residentKb } from "../generator/accounting.mjs"
import { Client } from "../generator/client.mjs"
import { inGroups, sleep } from "../generator/pace.mjs"
import { Room } from "../generator/room.mjs"

const AT_A_TIME = 20
const LINES = 20
const WARM_UP = 20

export async function memory({ target, server, nextRoom }, { rooms, connections, settle }) {
  const opened = []
  const open = async (count) => {
    const fresh = Array.from({ length: count }, () => new Room(target, nextRoom()))
    opened.push(...fresh)
    await inGroups(fresh, AT_A_TIME, (room) => room.open(1, { lines: LINES, keep: 0 }))
    await sleep(settle)
    return residentKb(server.pid)
  }
  const atFirst = await open(WARM_UP)
  const busiest = await crowd(target, server, opened[0].name, connections, settle)
  const before = await open(WARM_UP)
  const after = await open(rooms)
  const textKb = opened.at(-1).base.whole.length / 1024
  for (const room of opened) room.close()
  for (const client of busiest.clients) client.close()

  const perConnection = (busiest.kb - busiest.before) / connections
  const perRoom = (after - before) / rooms - textKb - perConnection
  return {
    ok: true,
    kb_per_idle_connection: perConnection,
    kb_per_idle_room: perRoom,
    text_kb: textKb,
    resident_mb_at_first: atFirst / 1024,
    resident_mb_at_last: after / 1024,
  }
}

/** Connections that only listen, in one room; the first few are warm-up. */
async function crowd(target, server, name, connections, settle) {
  const clients = []
  const come = async (count) => {
    const fresh = Array.from({ length: count }, () => new Client(target, name))
    clients.push(...fresh)
    await inGroups(fresh, AT_A_TIME, (client) => client.connect())
    await sleep(settle)
    return residentKb(server.pid)
  }
  const before = await come(WARM_UP)
  return { clients, before, kb: await come(connections) }
}
