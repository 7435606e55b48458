import { describe, expect, test } from "vitest"
import { isStranded, mayEdit, mayLeave, noticeKey, statusKey, suggestsOnly } from "../src/island/sentences"
import { readStrings } from "../src/strings"
import source from "../src/strings.json" with { type: "json" }
import type { RoomState } from "../src/sync/protocol"
import type { Status } from "../src/sync/provider"

const PAGE = { phase: "drafting", canEdit: true, canSuggest: true }
const ROOM: RoomState = { phase: "drafting", edit: true, suggest: false, schema: 1, storage: "ok" }
const NOBODY = { phase: "signing", canEdit: false, canSuggest: false }

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
    [{ room: { ...ROOM, edit: false } }, "statusReadOnly"],
    [{ room: { ...ROOM, edit: false }, saved: false }, "statusStoppedUnsaved"],
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
    [{ room: { ...ROOM, phase: "signing", edit: false } }, "readOnlyPhase"],
    [{ room: { ...ROOM, edit: false } }, "readOnlyRights"],
    [{ room: { ...ROOM, edit: false, storage: "failed" } }, "storageFailed"],
    [{ stopReason: "schemaTooOld" }, "stoppedSchemaTooOld"],
  ])("of %j: %s", (change, key) => {
    expect(noticeKey(status(change), PAGE)).toBe(key)
    expect(mayEdit(status(change), PAGE)).toBe(key === null)
  })

  test("that one may only suggest, by the room's word or the page's", () => {
    const room = { ...ROOM, edit: false, suggest: true }
    expect(noticeKey(status({ room }), PAGE)).toBe("suggestOnly")
    expect(mayEdit(status({ room }), PAGE)).toBe(true)
    expect(suggestsOnly(status({ room: null }), { ...PAGE, canEdit: false })).toBe(true)
    expect(suggestsOnly(status(), { ...PAGE, canEdit: false })).toBe(false)
  })

  test("which windows to close, though one may write on", () => {
    const refused = status({ connection: "offline", trouble: "tooManyWindows" })
    expect(noticeKey(refused, PAGE)).toBe("tooManyWindows")
    expect(mayEdit(refused, PAGE)).toBe(true)
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
    [{ room: { ...ROOM, edit: false, phase: "signing" }, saved: false }, true],
    [{ room: { ...ROOM, edit: false, storage: "failed" }, saved: false }, false], // it will be saved yet
    [{ connection: "offline", saved: false }, false],
    [{ connection: "stopped", stopReason: "schemaTooOld" }, false],
  ])("of %j: %s", (change, offered) => {
    expect(isStranded(status(change), PAGE)).toBe(offered)
  })
})
