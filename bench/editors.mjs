// node editors.mjs '{"port", "session", "room", "people", "rate"}': people who type into a room of ours for as
// long as they are told to. Each line on stdin ends a stretch; its latencies, from sending to another's receipt,
// are printed as JSON. They stop with stdin.
import readline from "node:readline"
import { Histogram } from "./generator/histogram.mjs"
import { pace, sleep } from "./generator/pace.mjs"
import { Room } from "./generator/room.mjs"
import { CATALOGUE, targetOf } from "./peers/catalogue.mjs"

const LONGEST_S = 600

const { port, session, room, people, rate } = JSON.parse(process.argv[2])
const place = await new Room(targetOf(CATALOGUE.ours, port, session), room).open(people)
place.addWriters(people, LONGEST_S * rate)
await sleep(500)
let over = false
const typing = pace(
  people * rate,
  LONGEST_S,
  (turn) => place.type(turn),
  () => over,
)
place.measureFrom = performance.now()
console.log("typing")
for await (const _line of readline.createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(place.latency.summary()))
  place.latency = new Histogram()
  place.measureFrom = performance.now()
}
over = true
await typing
const whole = await place.drain()
console.log(JSON.stringify({ whole: whole && !place.losses.length }))
place.close()
process.exit(0)
