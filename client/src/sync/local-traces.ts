/**
 * What this site keeps in the browser for times without a connection: unsaved text, a copy of the text that
 * was read last, and the editor's page; and in a tab, notes for its next page. Signing out removes all but what
 * is unsaved or was refused, which nobody else has.
 */
import { PAGE_CACHE } from "./page-cache"

const DATABASE = "kraftakt"
const VERSION = 2
export const UPDATES = "unsaved-updates"
export const TEXTS = "texts"
/** What the keys end with under which refused words lie among the texts: nobody else has them. */
export const REFUSED = " refused"
export const BY_ROOM = "room"
/** What the names of notes in `sessionStorage` begin with. */
export const NOTES = "kraftakt-"

/** Rejects where the browser forbids storage. */
export async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION)
  request.onupgradeneeded = () => {
    const { result: database } = request
    const stores = database.objectStoreNames
    if (!stores.contains(UPDATES)) {
      database.createObjectStore(UPDATES, { autoIncrement: true }).createIndex(BY_ROOM, BY_ROOM)
    }
    if (!stores.contains(TEXTS)) database.createObjectStore(TEXTS)
  }
  const database = await result(request)
  database.onversionchange = () => database.close() // a newer page in another tab must not wait for this one
  return database
}

export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Nobody is signed in here any more: pages and texts go, and the worker that answers with them. */
export async function removeTraces(): Promise<void> {
  await Promise.all([removeNotes(), removePages(), removeWorkers(), removeTexts()])
}

async function removeNotes(): Promise<void> {
  const notes = window.sessionStorage
  for (const name of Object.keys(notes ?? {})) if (name.startsWith(NOTES)) notes.removeItem(name)
}

async function removePages(): Promise<void> {
  if ("caches" in window) await caches.delete(PAGE_CACHE)
}

async function removeWorkers(): Promise<void> {
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? []
  await Promise.all(workers.map((worker) => worker.unregister()))
}

async function removeTexts(): Promise<void> {
  const database = await openDatabase()
  const texts = database.transaction(TEXTS, "readwrite").objectStore(TEXTS)
  const keys = (await result(texts.getAllKeys())).filter((key) => !String(key).endsWith(REFUSED))
  await Promise.all(keys.map((key) => result(texts.delete(key))))
  database.close()
}
