/** `npm run soak -- SEED HISTORIES`: plays histories from that seed on and ends with one line of figures. */
import { complaints, playHistory } from "./histories"

const [first = 1, count = 1000] = process.argv.slice(2).map(Number)
const started = Date.now()
const sums = { failed: 0, doubledByYjs: 0, caretsChecked: 0, messagesLost: 0 }
for (let seed = first; seed < first + count; seed++) {
  const outcome = playHistory(seed)
  const found = complaints(outcome)
  if (found.length) {
    sums.failed++
    console.log(`seed ${seed}: ${found.join(", ")} | replay: npm run soak -- ${seed} 1`)
  }
  if (outcome.doubledByYjs.length) sums.doubledByYjs++
  sums.caretsChecked += outcome.caretsChecked
  sums.messagesLost += outcome.messagesLost
}
const seconds = ((Date.now() - started) / 1000).toFixed(1)
const figures = Object.entries(sums).map(([name, value]) => `${name} ${value}`)
console.log(`histories ${count} from ${first}, ${figures.join(", ")}, ${seconds} s`)
process.exitCode = sums.failed ? 1 : 0
