// 100 people move their carets ten times a second. A server may leave out what a newer state replaces, so its
// CPU counts for each 1,000 states that were offered.
import { Meter } from "../generator/accounting.mjs"
import { Caret } from "../generator/caret.mjs"
import { merged } from "../generator/histogram.mjs"
import { inGroups, pace, sleep, until } from "../generator/pace.mjs"
import { cpuPer1000 } from "./figures.mjs"

const AT_A_TIME = 20
const WARM_UP_RATE = 2

export async function carets({ target, server, nextRoom }, { clients, rate, seconds }) {
  const name = nextRoom()
  const all = []
  for (let index = 0; index < clients; index++) all.push(new Caret(target, name, all))
  await inGroups(all, AT_A_TIME, (caret) => caret.connect())
  const move = (turn) => all[turn % clients].move()
  await pace(clients * WARM_UP_RATE, 1, move)
  await sleep(1000)

  const moved = () => all.reduce((sum, caret) => sum + caret.clock, 0)
  const received = () => all.reduce((sum, caret) => sum + caret.delivered, 0)
  const before = { moved: moved(), received: received() }
  for (const caret of all) caret.measureFrom = performance.now()
  const meter = new Meter(server.pid)
  const reached = await pace(clients * rate, seconds, move)
  const current = await until(() => all.every((caret) => caret.isCurrent()), 30_000, 20)
  const use = meter.read()
  const offered = (moved() - before.moved) * (clients - 1)
  const losses = all.flatMap((caret) => caret.losses)
  const latency = merged(all.map((caret) => caret.latency))
  for (const caret of all) caret.close()
  return {
    ok: current && !losses.length,
    ...latency.summary(),
    cpu_ms_per_1000: cpuPer1000(use, offered),
    moves_per_s: reached,
    delivered_share: (received() - before.received) / offered,
    losses: losses.slice(0, 3),
    ...use,
  }
}
