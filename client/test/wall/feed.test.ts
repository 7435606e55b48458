/** The page for the hall goes on by itself, whatever happens to the line or to the server. */
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Feed, type Listener, PACE } from "../../src/wall/feed"

const STATE = { total: 2, counted: 1, needed: 0, places: [] }
type Answer = Response | Error
let answers: Answer[]
let asked: { tag: string | null; at: number }[]
let heard: string[]
const listener: Listener = {
  changed: (state) => void heard.push(`changed ${state.counted}`),
  heard: () => void heard.push("heard"),
  cut: () => void heard.push("cut"),
  gone: () => void heard.push("gone"),
}
const ask: typeof fetch = async (_, options) => {
  asked.push({ tag: new Headers(options?.headers).get("If-None-Match"), at: Date.now() })
  const answer = answers.shift() ?? new Response(null, { status: 304 })
  if (answer instanceof Error) throw answer
  return answer
}
const fresh = (): Response => Response.json(STATE, { headers: { ETag: '"a"' } })
const feed = (): Feed => new Feed("/wall/x/state", listener, ask, () => 0.5)

beforeEach(() => {
  answers = []
  asked = []
  heard = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test("a state is told once, and its tag is sent with the next look", async () => {
  answers = [fresh()]
  const running = feed()
  running.start()
  await vi.advanceTimersByTimeAsync(2 * PACE + 10)
  expect(heard).toEqual(["changed 1", "heard", "heard"])
  expect(asked.map((one) => one.tag)).toEqual([null, '"a"'])
  running.stop()
})

test("a line that is cut is tried again, ever more slowly, and comes back by itself", async () => {
  answers = [...Array.from({ length: 8 }, () => new Error("no line")), fresh()]
  const running = feed()
  running.start()
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(heard.slice(0, 10)).toEqual([...Array<string>(8).fill("cut"), "changed 1", "heard"])
  const pauses = asked.slice(1, 9).map((one, i) => one.at - (asked[i]?.at ?? 0))
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000])
  running.stop()
})

test("a server that restarts, or a page of somebody in between, is a cut line", async () => {
  answers = [new Response("", { status: 503 }), new Response("<html>", { status: 200 }), Response.json({})]
  const running = feed()
  running.start()
  await vi.advanceTimersByTimeAsync(PACE + 4000)
  expect(heard).toEqual(["cut", "cut", "cut"])
  running.stop()
})

test("a link that was taken back is said to be so, and looked at once a minute", async () => {
  answers = [new Response("", { status: 404 }), fresh()]
  const running = feed()
  running.start()
  await vi.advanceTimersByTimeAsync(PACE + 59_000)
  expect(heard).toEqual(["gone"])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(heard).toEqual(["gone", "changed 1", "heard"])
  running.stop()
})

test("a look that hangs is given up", async () => {
  const hangs: typeof fetch = (_, options) =>
    new Promise((_, refuse) =>
      options?.signal?.addEventListener("abort", () => refuse(new Error("given up"))),
    )
  const running = new Feed("/wall/x/state", listener, hangs, () => 0.5)
  running.start()
  await vi.advanceTimersByTimeAsync(PACE + 10_000)
  expect(heard).toEqual(["cut"])
  running.stop()
})

test("when the line is said to be back it is tried at once", async () => {
  const running = feed()
  running.start()
  running.hurry()
  await vi.advanceTimersByTimeAsync(1)
  expect(asked.length).toBe(1)
  running.stop()
})
