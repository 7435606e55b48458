import "fake-indexeddb/auto"
import { expect, test, vi } from "vitest"
import * as Y from "yjs"
import { isRefused } from "../src/island/sentences"
import { removeTraces } from "../src/sync/local-traces"
import { OfflineStore } from "../src/sync/offline-store"
import type { Status } from "../src/sync/provider"

test("what the server refused is never offered again, and its words are kept, also after signing out", async () => {
  vi.stubGlobal("window", {})
  vi.stubGlobal("navigator", {})
  const store = await OfflineStore.open("erklaerung", 7)
  const doc = new Y.Doc()
  doc.on("update", (update: Uint8Array) => store.add(update))
  doc.getText("text").insert(0, "verboten")
  await store.flush()
  await store.keepText(doc)
  await store.setAside("verboten")
  store.close()
  await removeTraces()
  const again = await OfflineStore.open("erklaerung", 7)
  const fresh = new Y.Doc()
  expect(await again.load(fresh)).toEqual({ unsaved: false, text: false, refused: "verboten" })
  expect(fresh.getText("text").toString()).toBe("")
  await again.forgetRefused()
  expect((await again.load(fresh)).refused).toBe(null)
})

test.each([
  ["malformed", false, true],
  ["tooLarge", false, true],
  ["signedOut", false, false],
  ["schemaTooOld", false, false],
  ["malformed", true, false],
] as const)("after %s, saved %s: refused %s", (stopReason, saved, refused) => {
  expect(isRefused({ stopReason, saved, room: null } as Status)).toBe(refused)
})

test("only who was in the room has had something refused for lack of rights", () => {
  const status = { stopReason: "notAllowed", saved: false, room: null }
  expect(isRefused(status as Status)).toBe(false)
  expect(isRefused({ ...status, room: {} } as Status)).toBe(true)
})
