import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import * as Y from "yjs"
import { CloseCode } from "../src/sync/close-codes"
import { step1Frame } from "../src/sync/protocol"
import { CONFIRMATION_TIMEOUT, Provider } from "../src/sync/provider"
import { PAUSES } from "../src/sync/reconnector"
import { FakeSocket } from "./support/fake-socket"

let sockets: FakeSocket[]
let server: Y.Doc
let doc: Y.Doc
let provider: Provider

function latest(): FakeSocket {
  const socket = sockets.at(-1)
  if (!socket) throw new Error("no socket was opened")
  return socket
}

function makeProvider(unsaved = false): Provider {
  return new Provider(doc, {
    url: "ws://test/room",
    unsaved,
    random: () => 0.5,
    openSocket: (url, protocol) => {
      sockets.push(new FakeSocket(url, protocol))
      return latest()
    },
  })
}

/** As the editor writes: with an origin of its own. Without one it would be Yjs tidying up. */
function write(text: string): void {
  doc.transact(() => doc.getText("text").insert(0, text), "editor")
}

beforeEach(() => {
  vi.useFakeTimers()
  sockets = []
  server = new Y.Doc()
  server.getText("text").insert(0, "Erklärung\n", { b: "paragraph:0" })
  doc = new Y.Doc()
  provider = makeProvider()
})

afterEach(() => {
  provider.destroy()
  vi.useRealTimers()
})

describe("joining a room", () => {
  test("asks for our subprotocol and brings the server's text", () => {
    provider.connect()
    latest().welcome(server)
    expect(latest().protocol).toBe("kraftakt.v1")
    expect(doc.getText("text").toString()).toBe("Erklärung\n")
    expect(provider.status).toMatchObject({ connection: "online", synced: true, saved: true })
  })

  test("tells who the server says is here", () => {
    provider.connect()
    latest().welcome(server)
    latest().people({ clients: [5], person: 7, name: "Anna", municipality: "Offenburg" })
    expect(provider.status.people).toEqual([
      { clients: [5], person: 7, name: "Anna", municipality: "Offenburg" },
    ])
  })

  test("stops at a message that cannot be read", () => {
    vi.spyOn(console, "error").mockImplementation(() => {})
    provider.connect()
    latest().open()
    latest().deliver(new Uint8Array([0, 1, 200]))
    expect(provider.status).toMatchObject({ connection: "stopped", stopReason: "malformed" })
  })
})

describe("what counts as saved", () => {
  beforeEach(() => {
    provider.connect()
    latest().welcome(server)
    latest().saved(1) // our answer to step 1
  })

  test("is nothing that the server has not confirmed", () => {
    write("Neu ")
    expect(provider.status.saved).toBe(false)
    latest().saved(1)
    expect(provider.status.saved).toBe(false)
    latest().saved(2)
    expect(provider.status.saved).toBe(true)
  })

  test("is cumulative: the last of three updates confirms all three", () => {
    for (const letter of "abc") write(letter)
    latest().saved(3)
    expect(provider.status.saved).toBe(false)
    latest().saved(4)
    expect(provider.status.saved).toBe(true)
  })

  test("is not what others write", () => {
    const other = new Y.Doc()
    other.getText("text").insert(0, "x")
    latest().update(Y.encodeStateAsUpdate(other))
    expect(latest().texts).toHaveLength(1)
    expect(provider.status.saved).toBe(true)
  })

  test("starts anew with each connection: an old number confirms nothing", () => {
    write("a")
    write("b")
    latest().end(1006)
    vi.advanceTimersByTime(PAUSES.longest)
    latest().welcome(server)
    expect(provider.status.saved).toBe(false)
    latest().saved(1)
    expect(provider.status.saved).toBe(true)
  })

  test("is not what was typed before the whole text could be offered", () => {
    latest().end(1006)
    write("offline ")
    vi.advanceTimersByTime(PAUSES.longest)
    latest().open()
    latest().deliver(step1Frame(new Uint8Array([0])))
    expect(latest().texts).toHaveLength(0)
    expect(provider.status.saved).toBe(false)
  })

  test("leaves a socket that confirms nothing, and offers the text to the next one", () => {
    write("a")
    vi.advanceTimersByTime(CONFIRMATION_TIMEOUT + PAUSES.longest)
    expect(sockets).toHaveLength(2)
    expect(sockets[0]?.closed).toBe(true)
  })

  test("waits for a failed store without leaving", () => {
    latest().state(false, "failed")
    write("a")
    vi.advanceTimersByTime(10 * CONFIRMATION_TIMEOUT)
    expect(sockets).toHaveLength(1)
    expect(provider.status.saved).toBe(false)
  })
})

describe("text from a time without a line", () => {
  test("reaches the server with the answer to its step 1", () => {
    provider.connect()
    latest().welcome(server)
    provider.goOffline()
    write("offline ")
    server.getText("text").insert(0, "Titel ", {})
    provider.connect()
    latest().welcome(server)
    for (const update of latest().texts) Y.applyUpdate(server, update)
    expect(server.getText("text").toString()).toBe(doc.getText("text").toString())
    expect(server.getText("text").toString()).toContain("offline ")
    expect(server.getText("text").toString()).toContain("Titel ")
  })

  test("of an earlier visit is unsaved until it is confirmed", () => {
    provider.destroy()
    write("gestern ")
    provider = makeProvider(true)
    expect(provider.status.saved).toBe(false)
    provider.connect()
    latest().welcome(server)
    latest().saved(1)
    expect(provider.status.saved).toBe(true)
  })

  test("stays here, and unsaved, while the room may only be read", () => {
    provider.connect()
    latest().welcome(server)
    latest().saved(1)
    provider.goOffline()
    write("offline ")
    provider.connect()
    latest().welcome(server, false)
    expect(latest().texts).toHaveLength(0)
    expect(provider.status.saved).toBe(false)
    latest().state(true)
    expect(latest().texts).toHaveLength(1)
    latest().saved(1)
    expect(provider.status.saved).toBe(true)
  })
})

describe("after a close", () => {
  beforeEach(() => {
    provider.connect()
    latest().welcome(server)
  })

  test.each([
    [CloseCode.MALFORMED, "malformed"],
    [CloseCode.NOT_SIGNED_IN, "signedOut"],
    [CloseCode.NOT_ALLOWED, "notAllowed"],
    [CloseCode.SCHEMA_TOO_OLD, "schemaTooOld"],
    [CloseCode.TOO_LARGE, "tooLarge"],
  ])("with %i it stops and names the reason", (code, stopReason) => {
    latest().end(code)
    vi.advanceTimersByTime(10 * 60_000)
    expect(sockets).toHaveLength(1)
    expect(provider.status).toMatchObject({ connection: "stopped", stopReason })
  })

  test("because rights changed it is back at once", () => {
    latest().end(CloseCode.ACCESS_CHANGED)
    vi.advanceTimersByTime(0)
    expect(sockets).toHaveLength(2)
  })

  test("because it was too fast it waits long", () => {
    latest().end(CloseCode.TOO_FAST)
    vi.advanceTimersByTime(PAUSES.later - 1)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(PAUSES.later)
    expect(sockets).toHaveLength(2)
  })

  test("because of too many windows it says so and tries again until it is let in", () => {
    for (let attempt = 1; attempt <= 2; attempt++) {
      latest().open()
      latest().end(CloseCode.TOO_MANY)
      expect(provider.status).toMatchObject({ stopReason: null, trouble: "tooManyWindows" })
      vi.advanceTimersByTime(2 * PAUSES.later)
    }
    expect(sockets).toHaveLength(3)
    expect(provider.status.trouble).toBe("tooManyWindows")
    latest().welcome(server)
    expect(provider.status).toMatchObject({ connection: "online", trouble: null })
  })

  test("of the network it tries with growing pauses, and says offline after the first failure", () => {
    const opened: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      latest().end(1006)
      const before = Date.now()
      while (latest().closed) vi.advanceTimersToNextTimer()
      opened.push(Date.now() - before)
    }
    expect(opened[0]).toBe(PAUSES.first)
    expect(opened).toEqual([...opened].sort((a, b) => a - b))
    expect(opened.at(-1)).toBeLessThanOrEqual(PAUSES.longest)
    expect(provider.status.connection).toBe("offline")
  })

  test("a socket that never opens is given up", () => {
    latest().end(1006)
    vi.advanceTimersByTime(PAUSES.first)
    vi.advanceTimersByTime(PAUSES.opening + PAUSES.longest)
    expect(sockets.length).toBeGreaterThan(2)
  })
})

describe("the browser's word on the network", () => {
  test("offline closes the socket at once, and nothing is tried until it is back", () => {
    provider.connect()
    latest().welcome(server)
    provider.goOffline()
    expect(provider.status.connection).toBe("offline")
    expect(latest().closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    provider.connect()
    expect(sockets).toHaveLength(2)
  })
})

describe("while a word is being composed", () => {
  test("what others write waits, in order", () => {
    provider.connect()
    latest().welcome(server)
    provider.hold(() => true)
    const updates: Uint8Array[] = []
    server.on("update", (update: Uint8Array) => updates.push(update))
    server.getText("text").insert(0, "A", {})
    server.getText("text").insert(1, "B", {})
    for (const update of updates) latest().update(update)
    expect(doc.getText("text").toString()).toBe("Erklärung\n")
    provider.release()
    expect(doc.getText("text").toString()).toBe("ABErklärung\n")
  })
})

describe("awareness", () => {
  test("says only what is ours, and says it again after a reconnection with a newer clock", () => {
    provider.connect()
    latest().welcome(server)
    provider.awareness.setLocalStateField("cursor", { anchor: 1 })
    const said = () => latest().sent.filter((message) => message.type === "awareness").length
    expect(said()).toBe(2)
    latest().end(1006)
    vi.advanceTimersByTime(PAUSES.longest)
    latest().welcome(server)
    expect(said()).toBe(1)
  })
})

describe("notices", () => {
  const heard: unknown[] = []

  beforeEach(() => {
    heard.length = 0
    provider.onNotice("comments", (id) => heard.push(id))
    provider.connect()
    latest().welcome(server)
    expect(heard).toEqual([]) // the text comes first
    vi.advanceTimersByTime(0)
  })

  test("come at each connection without an id, since some may have been missed", () => {
    expect(heard).toEqual([null])
    latest().end(CloseCode.ACCESS_CHANGED)
    vi.advanceTimersByTime(0)
    latest().welcome(server)
    vi.advanceTimersByTime(0)
    expect(heard).toEqual([null, null])
  })

  test("reach those who asked for the topic, until they end it", () => {
    const end = provider.onNotice("comments", (id) => heard.push(`also ${id}`))
    latest().notice("comments", 7)
    latest().notice("revisions", 3)
    end()
    latest().notice("comments", "c8")
    expect(heard).toEqual([null, 7, "also 7", "c8"])
  })

  test("of a newer server's topic are passed over", () => {
    latest().notice("weather", 1)
    expect(heard).toEqual([null])
    expect(provider.status.connection).toBe("online")
  })
})
