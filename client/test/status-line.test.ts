// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest"
import { StatusLine } from "../src/island/status-line"
import { readStrings } from "../src/strings"
import type { Status } from "../src/sync/provider"

const strings = readStrings({})
const RIGHTS = { edit: true, suggest: true, comment: true }
const ROOM = { rights: RIGHTS, phase: "drafting", storage: "ok" } as unknown as Status["room"]
const SAVED: Status = {
  connection: "online",
  stopReason: null,
  trouble: null,
  synced: true,
  saved: true,
  room: ROOM,
  people: [],
}
let line: StatusLine

function words(): string {
  return line.dom.querySelector(".ke-status__words")?.textContent ?? ""
}

function say(change: Partial<Status>): void {
  line.update({ ...SAVED, ...change }, false)
}

beforeEach(() => {
  vi.useFakeTimers()
  line = new StatusLine(strings, { phase: "drafting", rights: RIGHTS })
  say({})
})

test("the words stay while each key is saved in a moment, the mark for programs does not", () => {
  for (let key = 0; key < 10; key++) {
    say({ saved: false })
    expect(line.dom.dataset.saved).toBe("false")
    vi.advanceTimersByTime(100)
    say({ saved: true })
    vi.advanceTimersByTime(100)
    expect(words()).toBe(strings.statusSaved)
  }
})

test("saving that takes longer is said, however often one types meanwhile", () => {
  for (let key = 0; key < 4; key++) {
    say({ saved: false })
    vi.advanceTimersByTime(100)
  }
  expect(words()).toBe(strings.statusUnsaved)
  say({ saved: true })
  expect(words()).toBe(strings.statusSaved)
})

test("a lost connection is said at once", () => {
  say({ saved: false })
  say({ saved: false, connection: "offline" })
  expect(words()).toBe(strings.statusOfflineUnsaved)
})

test("to the ear only what has lasted is said", () => {
  const heard = () => line.dom.querySelector(".ke-visually-hidden")?.textContent
  expect(heard()).toBe("")
  vi.advanceTimersByTime(2_000)
  expect(heard()).toBe(strings.statusSaved)
})
