import * as encoding from "lib0/encoding"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { ANSWER_TIMEOUT, HttpSocket, httpAddress, TRIES } from "../src/sync/http-socket"

interface Request {
  path: string
  init: RequestInit
  answer(headers: Record<string, string>, ...frames: string[]): void
  fail(): void
}

let requests: Request[]
let heard: string[]
let closed: number[]
let opened: number
let socket: HttpSocket

function batch(frames: string[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  for (const frame of frames) encoding.writeVarString(encoder, frame)
  return new Uint8Array(encoding.toUint8Array(encoder))
}

const fakeFetch: typeof fetch = (address, init = {}) =>
  new Promise((resolve, reject) => {
    const url = new URL(String(address))
    init.signal?.addEventListener("abort", () => reject(new Error("aborted")))
    requests.push({
      path: url.pathname + url.search,
      init,
      answer: (headers, ...frames) => resolve(new Response(batch(frames), { headers })),
      fail: () => reject(new TypeError("no network")),
    })
  })

const settle = () => vi.advanceTimersByTimeAsync(0)
const request = (number: number): Request => {
  const found = requests[number]
  if (!found) throw new Error(`there were ${requests.length} requests`)
  return found
}

beforeEach(() => {
  vi.useFakeTimers()
  requests = []
  heard = []
  closed = []
  opened = 0
  socket = new HttpSocket("wss://k.example/ws/declarations/a?schema=1", { csrfToken: "t", fetch: fakeFetch })
  socket.onopen = () => opened++
  socket.onmessage = ({ data }) => heard.push(new TextDecoder().decode(data as ArrayBuffer))
  socket.onclose = ({ code }) => closed.push(code)
})

afterEach(() => {
  vi.useRealTimers()
})

async function open(...frames: string[]): Promise<void> {
  request(0).answer({ "Kraftakt-Session": "L" }, ...frames)
  await settle()
}

test("stands in for the WebSocket's address", () => {
  expect(httpAddress("ws://k:1/ws/declarations/a?schema=1").href).toBe(
    "http://k:1/live/declarations/a?schema=1",
  )
})

test("is open with the first answer and goes on asking", async () => {
  expect(request(0).path).toBe("/live/declarations/a/events?schema=1")
  await open("one", "two")
  expect(opened).toBe(1)
  expect(heard).toEqual(["one", "two"])
  expect(request(1).path).toBe("/live/declarations/a/events?line=L")
  request(1).answer({ "Kraftakt-Session": "L" })
  await settle()
  expect([opened, requests.length]).toEqual([1, 3])
})

test("sends one request at a time, in order, with what gathered meanwhile", async () => {
  await open()
  for (const word of ["a", "b", "c"]) socket.send(new TextEncoder().encode(word))
  expect(requests).toHaveLength(3)
  expect(request(2).init.body).toEqual(batch(["a"]))
  expect(request(2).init.headers).toEqual({ "X-CSRF-Token": "t" })
  request(2).answer({})
  await settle()
  expect(request(3).path).toBe("/live/declarations/a/frames?line=L")
  expect(request(3).init.body).toEqual(batch(["b", "c"]))
})

test("delivers what came with the closing answer, then its code", async () => {
  await open()
  request(1).answer({ "Kraftakt-Close": "4205 access changed" }, "last")
  await settle()
  expect(heard).toEqual(["last"])
  expect(closed).toEqual([4205])
  expect(requests).toHaveLength(2)
})

test("asks again until it meets the process that knows the line, and loses nothing by it", async () => {
  await open()
  for (const word of ["a", "b"]) socket.send(new TextEncoder().encode(word))
  request(2).answer({ "Kraftakt-Close": "4404 no such line" })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(request(3).path).toBe(request(2).path)
  expect(request(3).init.body).toEqual(batch(["a"]))
  request(3).answer({})
  await settle()
  expect(request(4).init.body).toEqual(batch(["b"]))
  expect(closed).toEqual([])
})

test("a line that no process knows is lost", async () => {
  await open()
  for (let tries = 1; tries <= TRIES; tries++) {
    request(tries).answer({ "Kraftakt-Close": "4404 no such line" })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(closed).toEqual([4404])
  expect(requests).toHaveLength(TRIES + 1)
})

test("a request that fails is a lost connection", async () => {
  await open()
  socket.send(new Uint8Array([1]))
  request(2).fail()
  await settle()
  expect(closed).toEqual([1006])
})

test("an answer that is not our server's opens nothing", async () => {
  request(0).answer({})
  await settle()
  expect([opened, closed]).toEqual([0, [1006]])
})

test("a server that does not answer is given up", async () => {
  await open()
  await vi.advanceTimersByTimeAsync(ANSWER_TIMEOUT)
  expect(closed).toEqual([1006])
})

test("takes leave when it is closed", async () => {
  await open()
  socket.close()
  await settle()
  expect(request(2).path).toBe("/live/declarations/a/frames?line=L&leave=1")
  expect(request(2).init).toMatchObject({ method: "POST", keepalive: true })
})
