// A region at work: 200 rooms of three, one typing in each.
import { Meter } from "../generator/accounting.mjs"
import { convergence } from "../generator/convergence.mjs"
import { merged } from "../generator/histogram.mjs"
import { inGroups, pace, sleep, until } from "../generator/pace.mjs"
import { Room } from "../generator/room.mjs"
import { cpuPer1000 } from "./figures.mjs"

const OPENED_AT_A_TIME = 10
const LINES = 20
const WARM_UP_S = 1

export async function rooms({ target, server, nextRoom }, { count, clients, rate, seconds }) {
  const all = Array.from({ length: count }, () => new Room(target, nextRoom()))
  const opening = new Meter(server.pid)
  await inGroups(all, OPENED_AT_A_TIME, (room) => room.open(clients, { lines: LINES }))
  const opened = opening.read()
  for (const room of all) room.addWriters(1, Math.ceil(rate * (seconds + WARM_UP_S) + 2))
  const type = (turn) => all[turn % count].type(0)
  await pace(count * rate, WARM_UP_S, type)
  await sleep(500)

  const delivered = () => all.reduce((sum, room) => sum + room.delivered, 0)
  const before = delivered()
  for (const room of all) room.measureFrom = performance.now()
  const meter = new Meter(server.pid)
  const reached = await pace(count * rate, seconds, type)
  const drained = await until(() => all.every((room) => room.missing <= 0), 15_000)
  const use = meter.read()
  const deliveries = delivered() - before
  const converged = all.every((room) => convergence(room).converged)
  const losses = all.flatMap((room) => room.losses)
  for (const room of all) room.close()
  return {
    ok: drained && converged && !losses.length,
    ...merged(all.map((room) => room.latency)).summary(),
    cpu_ms_per_1000: cpuPer1000(use, deliveries),
    opening_s: opened.seconds,
    opening_cpu_s: opened.server_cpu_s,
    deliveries,
    updates_per_s: reached,
    losses: losses.slice(0, 3),
    ...use,
  }
}
