import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { CloseCode } from "../src/sync/close-codes"
import type { Socket } from "../src/sync/reconnector"
import { TIMEOUT, Transport } from "../src/sync/transport"
import { FakeSocket } from "./support/fake-socket"

let opened: { kind: "socket" | "http"; fake: FakeSocket }[]
let transport: Transport

function opener(kind: "socket" | "http") {
  return (url: string, protocol: string) => {
    const fake = new FakeSocket(url, protocol)
    opened.push({ kind, fake })
    return fake
  }
}

const kinds = () => opened.map(({ kind }) => kind)

function latest(): FakeSocket {
  const last = opened.at(-1)
  if (!last) throw new Error("nothing was opened")
  return last.fake
}

/** What a line does: opens one socket, and remembers how it closed. */
function attempt(): { socket: Socket; codes: number[] } {
  const socket = transport.open("ws://k/ws/declarations/a", "kraftakt.v1")
  const codes: number[] = []
  socket.onclose = ({ code }) => codes.push(code)
  return { socket, codes }
}

beforeEach(() => {
  vi.useFakeTimers()
  opened = []
  transport = new Transport({
    csrfToken: "t",
    openWebSocket: opener("socket"),
    openHttp: opener("http"),
  })
})

afterEach(() => {
  vi.useRealTimers()
})

function failTwice(): void {
  for (let time = 0; time < 2; time++) {
    attempt()
    latest().end(1006)
  }
}

test("a WebSocket that opens is used again and again", () => {
  for (let time = 0; time < 4; time++) {
    attempt()
    latest().open()
    latest().end(1006)
  }
  expect(kinds()).toEqual(["socket", "socket", "socket", "socket"])
})

test("after two WebSockets that did not open it takes HTTP", () => {
  failTwice()
  attempt()
  expect(kinds()).toEqual(["socket", "socket", "http"])
})

test("a WebSocket that stays silent counts as failed after five seconds", () => {
  const { codes } = attempt()
  vi.advanceTimersByTime(TIMEOUT.opening)
  expect(codes).toEqual([1006])
  expect(latest().closed).toBe(true)
})

test("a refusal by name is no failure of the way", () => {
  for (let time = 0; time < 3; time++) {
    attempt()
    latest().open()
    latest().end(CloseCode.NOT_ALLOWED)
  }
  expect(kinds()).not.toContain("http")
})

test("when HTTP does not open either, it begins with a WebSocket again", () => {
  failTwice()
  attempt()
  latest().end(1006)
  attempt()
  expect(kinds().slice(2)).toEqual(["http", "socket"])
})

test("goes back to the WebSocket as soon as one opens", () => {
  failTwice()
  const { codes } = attempt()
  const http = latest()
  http.open()
  vi.advanceTimersByTime(TIMEOUT.retry)
  expect(kinds().at(-1)).toBe("socket")
  latest().end(1006)
  vi.advanceTimersByTime(TIMEOUT.retry)
  latest().open()
  expect(codes).toEqual([CloseCode.ACCESS_CHANGED])
  expect(http.closed).toBe(true)
  attempt()
  expect(kinds().at(-1)).toBe("socket")
})

test("a line that is closed by its user probes no more", () => {
  failTwice()
  const { socket } = attempt()
  latest().open()
  socket.close()
  vi.advanceTimersByTime(2 * TIMEOUT.retry)
  expect(kinds()).toEqual(["socket", "socket", "http"])
})
