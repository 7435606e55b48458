import "fake-indexeddb/auto"
import { IDBFactory } from "fake-indexeddb"
import { beforeEach, expect, test, vi } from "vitest"
import * as Y from "yjs"
import { removeTraces } from "../src/sync/local-traces"
import { OfflineStore } from "../src/sync/offline-store"

/** The text that the server has. */
let server: Y.Doc

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory())
  vi.stubGlobal("window", {})
  vi.stubGlobal("navigator", {})
  server = new Y.Doc()
  server.getText("text").insert(0, "Erklärung\n", {})
})

/** A visit without a line: the server's text, and what is typed into it goes to the outbox. */
async function writeOffline(store: OfflineStore, ...texts: string[]): Promise<void> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
  doc.on("update", (update: Uint8Array) => store.add(update))
  for (const text of texts) doc.getText("text").insert(0, text, {})
  await store.flush()
}

async function loaded(
  slug = "erklaerung",
  person = 7,
): Promise<{ found: boolean; text: boolean; doc: Y.Doc; store: OfflineStore }> {
  const store = await OfflineStore.open(slug, person)
  const doc = new Y.Doc()
  const { unsaved, text } = await store.load(doc)
  return { found: unsaved, text, doc, store }
}

test("what was typed before the tab was closed merges with what others wrote since", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  await writeOffline(store, "Ortenauer ", "Die ")
  store.close()
  server.getText("text").insert(9, " 2026", {})
  const { found, doc } = await loaded()
  expect(found).toBe(true)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
  expect(doc.getText("text").toString()).toBe("Die Ortenauer Erklärung 2026\n")
  Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)))
  expect(server.getText("text").toString()).toBe("Die Ortenauer Erklärung 2026\n")
})

test("nothing remains on the device once the server has confirmed", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  await writeOffline(store, "a")
  await writeOffline(store, "b")
  await store.confirm()
  expect((await loaded()).found).toBe(false)
})

test("what an earlier visit left is gone after the confirmation of the next one", async () => {
  await writeOffline(await OfflineStore.open("erklaerung", 7), "a")
  const { store } = await loaded()
  await store.confirm()
  expect((await loaded()).found).toBe(false)
})

test("another window's unconfirmed text is left alone", async () => {
  const [mine, other] = [await OfflineStore.open("erklaerung", 7), await OfflineStore.open("erklaerung", 7)]
  await writeOffline(other, "x")
  await writeOffline(mine, "y")
  await mine.confirm()
  expect((await loaded()).found).toBe(true)
})

test("a confirmation during a write removes that as well", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  const writing = writeOffline(store, "a")
  await Promise.all([writing, store.confirm()])
  expect((await loaded()).found).toBe(false)
})

test("each person and declaration has an outbox of its own", async () => {
  await writeOffline(await OfflineStore.open("erklaerung", 7), "a")
  expect((await loaded("erklaerung", 8)).found).toBe(false)
  expect((await loaded("andere", 7)).found).toBe(false)
})

test("the text as it was last seen is there without the server, and goes with the rest at signing out", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  await store.keepText(server)
  await writeOffline(store, "Die ")
  store.close()
  const again = await loaded()
  expect(again).toMatchObject({ found: true, text: true })
  expect(again.doc.getText("text").toString()).toBe("Die Erklärung\n")
  again.store.close()
  await removeTraces()
  expect(await loaded()).toMatchObject({ found: true, text: false })
})

test("notes for a tab's next page go with the sign-out, and nothing else in the tab", async () => {
  class Tab {
    [note: string]: unknown
    removeItem(name: string): void {
      delete this[name]
    }
  }
  const tab = Object.assign(new Tab(), { "kraftakt-doubled 7 erklaerung": "{}", other: "stays" })
  vi.stubGlobal("window", { sessionStorage: tab })
  await removeTraces()
  expect(Object.keys(tab)).toEqual(["other"])
})

test("another text, and the same text of another person, are not found", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  await store.keepText(server)
  expect((await loaded("erklaerung", 8)).text).toBe(false)
  expect((await loaded("andere", 7)).text).toBe(false)
})

test("what was typed last counts as kept only once it is written", async () => {
  const store = await OfflineStore.open("erklaerung", 7)
  const told = vi.fn()
  store.onKept = told
  store.add(Y.encodeStateAsUpdate(server))
  expect(store.kept).toBe(false)
  const written = store.flush()
  expect(store.kept).toBe(false)
  await written
  expect(store.kept).toBe(true)
  expect(told).toHaveBeenCalledOnce()
})

test("what was refused is not offered again, and the words stay", async () => {
  const store = await OfflineStore.open("refused", 1)
  const doc = new Y.Doc()
  doc.on("update", (update: Uint8Array) => store.add(update))
  doc.getText("text").insert(0, "Im Tunnel.")
  await store.keepText(doc)
  await store.flush()
  await store.setAside("Im Tunnel.")
  store.close()
  const next = await OfflineStore.open("refused", 1)
  const found = await next.load(new Y.Doc())
  expect(found).toEqual({ unsaved: false, text: false, refused: "Im Tunnel." })
  next.close()
})

test("a page that is closed while words are set aside finds all of them unsaved", async () => {
  const store = await OfflineStore.open("half", 1)
  const doc = new Y.Doc()
  doc.on("update", (update: Uint8Array) => store.add(update))
  doc.getText("text").insert(0, "Im Tunnel.")
  await store.flush()
  const put = vi.spyOn(IDBObjectStore.prototype, "delete").mockImplementation(function (
    this: IDBObjectStore,
  ) {
    this.transaction.abort() // as the browser does when the page goes
    return new Proxy({}, {}) as IDBRequest<undefined>
  })
  await expect(store.setAside("Im Tunnel.")).rejects.toBeDefined()
  put.mockRestore()
  store.close()
  const next = await OfflineStore.open("half", 1)
  expect(await next.load(new Y.Doc())).toEqual({ unsaved: true, text: false, refused: null })
  next.close()
})
