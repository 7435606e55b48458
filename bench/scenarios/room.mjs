// One busy room: 50 clients, 10 of them typing five updates a second.
import { Meter } from "../generator/accounting.mjs"
import { convergence } from "../generator/convergence.mjs"
import { pace, sleep } from "../generator/pace.mjs"
import { Room } from "../generator/room.mjs"
import { cpuPer1000 } from "./figures.mjs"

const WARM_UP_S = 1.5

export async function room({ target, server, nextRoom }, { clients, writers, rate, seconds }) {
  const place = await new Room(target, nextRoom()).open(clients)
  place.addWriters(writers, Math.ceil(rate * (seconds + WARM_UP_S) + 10))
  await sleep(500)
  const type = (turn) => place.type(turn)
  await pace(writers * rate, WARM_UP_S, type)
  await place.drain()

  const before = { delivered: place.delivered, frames: place.frames(), bytes: place.bytes() }
  const meter = new Meter(server.pid)
  place.measureFrom = performance.now()
  const reached = await pace(writers * rate, seconds, type)
  const drained = await place.drain()
  const use = meter.read()
  const deliveries = place.delivered - before.delivered
  const { converged } = convergence(place)
  place.close()
  return {
    ok: drained && converged && !place.losses.length,
    ...place.latency.summary(),
    cpu_ms_per_1000: cpuPer1000(use, deliveries),
    deliveries,
    frames_per_delivery: (place.frames() - before.frames) / deliveries,
    bytes_per_delivery: (place.bytes() - before.bytes) / deliveries,
    updates_per_s: reached,
    repeated: place.repeated,
    losses: place.losses.slice(0, 3),
    ...use,
  }
}
