import { describe, expect, test } from "vitest"
import { isStranded, mayLeave, noticeKey, rightsNow, statusKey } from "../src/island/sentences"
import { mayWrite, NO_RIGHTS, suggestsOnly } from "../src/rights"
import { readStrings } from "../src/strings"
import source from "../src/strings.json" with { type: "json" }
import type { RoomState } from "../src/sync/protocol"
import type { Status } from "../src/sync/provider"

const ALL = { edit: true, suggest: true, comment: true }
const SUGGESTER = { edit: false, suggest: true, comment: true }
const READER = { edit: false, suggest: false, comment: true }
const PAGE = { phase: "drafting", rights: ALL }
const ROOM: RoomState = { phase: "drafting", rights: ALL, schema: 2, storage: "ok" }
const NOBODY = { phase: "signing", rights: READER }

function status(change: Partial<Status> = {}): Status {
  return {
    connection: "online",
    stopReason: null,
    trouble: null,
    synced: true,
    saved: true,
    room: ROOM,
    people: [],
    ...change,
  }
}

describe("the status line says", () => {
  test.each<[Partial<Status>, string]>([
    [{}, "statusSaved"],
    [{ saved: false }, "statusUnsaved"],
    [{ connection: "offline" }, "statusOffline"],
    [{ connection: "offline", saved: false }, "statusOfflineUnsaved"],
    [{ connection: "connecting" }, "statusConnecting"],
    [{ synced: false }, "statusConnecting"],
    [{ room: { ...ROOM, rights: READER } }, "statusReadOnly"],
    [{ room: { ...ROOM, rights: READER }, saved: false }, "statusStoppedUnsaved"],
    [{ connection: "stopped", stopReason: "signedOut", saved: false }, "statusStoppedUnsaved"],
    [{ connection: "stopped", stopReason: "signedOut" }, "statusReadOnly"],
  ])("of %j: %s", (change, key) => {
    expect(statusKey(status(change), PAGE)).toBe(key)
  })

  test("without a connection whether one may close the page", () => {
    const offline = status({ connection: "offline", saved: false })
    expect(statusKey(offline, PAGE, true)).toBe("statusOfflineKept")
    expect(statusKey(offline, PAGE, false)).toBe("statusOfflineUnsaved")
  })

  test("after the session has ended that what is kept will be saved", () => {
    const ended = status({ connection: "stopped", stopReason: "signedOut", saved: false })
    expect(statusKey(ended, PAGE, true)).toBe("statusSignedOutKept")
    expect(statusKey(ended, PAGE, false)).toBe("statusStoppedUnsaved")
    expect(statusKey({ ...ended, stopReason: "notAllowed" }, PAGE, true)).toBe("statusStoppedUnsaved")
  })

  test.each<[Partial<Status>, boolean, boolean]>([
    [{}, false, true],
    [{ saved: false }, true, false],
    [{ connection: "offline", saved: false }, true, false],
    [{ connection: "stopped", stopReason: "signedOut", saved: false }, true, true],
    [{ connection: "stopped", stopReason: "signedOut", saved: false }, false, false],
  ])("of %j, kept %s: leaving without a warning %s", (change, kept, may) => {
    expect(mayLeave(status(change), kept)).toBe(may)
  })

  test("never that all is saved while it is not", () => {
    for (const connection of ["online", "offline", "connecting", "stopped"] as const) {
      const key = statusKey(status({ connection, saved: false }), PAGE)
      expect(["statusSaved", "statusOffline"]).not.toContain(key)
    }
  })
})

describe("the notice says why the text cannot be changed", () => {
  test.each<[Partial<Status>, string | null]>([
    [{}, null],
    [{ room: null }, null],
    [{ room: { ...ROOM, phase: "signing", rights: READER } }, "readOnlyPhase"],
    [{ room: { ...ROOM, rights: READER } }, "readOnlyRights"],
    [{ room: { ...ROOM, rights: NO_RIGHTS, storage: "failed" } }, "storageFailed"],
    [{ stopReason: "schemaTooOld" }, "stoppedSchemaTooOld"],
  ])("of %j: %s", (change, key) => {
    expect(noticeKey(status(change), PAGE)).toBe(key)
    expect(mayWrite(rightsNow(status(change), PAGE))).toBe(key === null)
  })

  test("that one may only suggest, by the room's word or the page's", () => {
    const room = { ...ROOM, rights: SUGGESTER }
    expect(noticeKey(status({ room }), PAGE)).toBe("suggestOnly")
    expect(mayWrite(rightsNow(status({ room }), PAGE))).toBe(true)
    expect(suggestsOnly(rightsNow(status({ room: null }), { ...PAGE, rights: SUGGESTER }))).toBe(true)
    expect(suggestsOnly(rightsNow(status(), { ...PAGE, rights: SUGGESTER }))).toBe(false)
  })

  test("which windows to close, though one may write on", () => {
    const refused = status({ connection: "offline", trouble: "tooManyWindows" })
    expect(noticeKey(refused, PAGE)).toBe("tooManyWindows")
    expect(mayWrite(rightsNow(refused, PAGE))).toBe(true)
  })

  test("by the page's word until the room has spoken", () => {
    expect(noticeKey(status({ room: null }), NOBODY)).toBe("readOnlyPhase")
  })
})

test("a word without translation is shown in English", () => {
  const strings = readStrings({ bold: "Fett", italic: "", unknown: "x" })
  expect(strings).toMatchObject({ bold: "Fett", italic: source.italic })
  expect(Object.keys(strings)).toEqual(Object.keys(source))
})

describe("the text is offered as a file", () => {
  test.each<[Partial<Status>, boolean]>([
    [{ connection: "stopped", stopReason: "schemaTooOld", saved: false }, true],
    [{ connection: "stopped", stopReason: "notAllowed", saved: false }, true],
    [{ room: { ...ROOM, rights: READER, phase: "signing" }, saved: false }, true],
    [{ room: { ...ROOM, rights: NO_RIGHTS, storage: "failed" }, saved: false }, false], // it will be saved yet
    [{ connection: "offline", saved: false }, false],
    [{ connection: "stopped", stopReason: "schemaTooOld" }, false],
  ])("of %j: %s", (change, offered) => {
    expect(isStranded(status(change), PAGE)).toBe(offered)
  })
})
