// The highest rate of updates at which 99 of 100 still arrive in time, 50 clients, all typing.
import { Meter } from "../generator/accounting.mjs"
import { convergence } from "../generator/convergence.mjs"
import { Histogram } from "../generator/histogram.mjs"
import { pace, sleep } from "../generator/pace.mjs"
import { Room } from "../generator/room.mjs"
import { cpuPer1000, generatorBound } from "./figures.mjs"

const GROWTH = 1.6
const DISTURBED = 0.2 // cores that others used, from which on a failed step is tried once more
const DRAIN_TIMEOUT = 60_000
const CHECKED_DOCUMENTS = 3 // of 50: building all would take longer than the measurement

export async function rate(
  { target, server, nextRoom },
  { clients, limit, seconds, from, most, bisections },
) {
  const place = await new Room(target, nextRoom()).open(clients, { keep: CHECKED_DOCUMENTS })
  place.addWriters(clients, 1)
  const climb = new Climb((updatesPerS) => oneStep(place, server, updatesPerS, seconds, limit))
  await climb.until(from, most)
  for (let left = bisections; left > 0; left--) await climb.bisect()
  const drained = await place.drain(DRAIN_TIMEOUT)
  const { converged } = convergence(place)
  place.close()
  const { best, steps } = climb
  return {
    ok: Boolean(best) && drained && converged && !place.losses.length,
    highest_rate: best?.updates_per_s ?? 0,
    p50_ms: best?.p50_ms ?? null,
    p99_ms: best?.p99_ms ?? null,
    cpu_ms_per_1000: best?.cpu_ms_per_1000 ?? null,
    server_cores: best?.server_cores ?? null,
    generator_bound: climb.bound,
    losses: place.losses.slice(0, 3),
    steps,
  }
}

/** Raises the rate until a step fails, then halves the distance between the best good and the first bad one. */
class Climb {
  constructor(step) {
    this.step = step
    this.steps = []
    this.best = null
    this.worst = null
  }

  async #try(updatesPerS) {
    let result = await this.step(updatesPerS)
    this.steps.push(result)
    if (!result.good && result.others_cores > DISTURBED) {
      result = await this.step(updatesPerS)
      this.steps.push(result)
    }
    if (result.good) this.best = result
    else this.worst = result
  }

  async until(from, most) {
    for (let next = from; next <= most && !this.worst; next = Math.round(next * GROWTH)) await this.#try(next)
  }

  async bisect() {
    if (this.best && this.worst) await this.#try(Math.round((this.best.asked + this.worst.asked) / 2))
  }

  /** True as well when the search ended at its own upper end. */
  get bound() {
    return !this.worst || generatorBound(this.worst)
  }
}

async function oneStep(place, server, asked, seconds, limit) {
  const each = Math.ceil((asked * seconds) / place.writers.length) + 2
  for (const writer of place.writers) writer.prepare(writer.sent + each)
  await sleep(300)
  place.latency = new Histogram()
  place.measureFrom = performance.now() + seconds * 250 // the first quarter is warm-up
  const before = place.delivered
  const meter = new Meter(server.pid)
  const reached = await pace(
    asked,
    seconds,
    (turn) => place.type(turn),
    () => place.losses.length > 0,
  )
  const use = meter.read()
  const deliveries = place.delivered - before
  const drained = await place.drain(DRAIN_TIMEOUT)
  const { p50_ms, p99_ms } = place.latency.summary()
  const good = drained && p99_ms !== null && p99_ms <= limit && reached > 0.95 * asked && !place.losses.length
  return {
    asked,
    updates_per_s: reached,
    good,
    p50_ms,
    p99_ms,
    cpu_ms_per_1000: cpuPer1000(use, deliveries),
    ...use,
  }
}
