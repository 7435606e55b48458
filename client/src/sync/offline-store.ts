/**
 * What was written here and is not on the server yet, kept in the browser (IndexedDB) across closed tabs.
 *
 * It is an outbox, not a copy of the text: as soon as the server has confirmed everything, nothing remains
 * on the device. Entries of an earlier visit build on text that only the server has; Yjs holds them back
 * until that arrives.
 */
import * as Y from "yjs"

const DATABASE = "kraftakt"
const UPDATES = "unsaved-updates"
const BY_ROOM = "room"

/** Milliseconds after which an update that is still unconfirmed is written; a good line is faster. */
export const WRITE_AFTER = 300

interface Entry {
  room: string
  update: Uint8Array
}

export class OfflineStore {
  private readonly keys: IDBValidKey[] = []
  private readonly buffer: Uint8Array[] = []
  private writing: Promise<void> = Promise.resolve()
  private timer: ReturnType<typeof setTimeout> | undefined

  private constructor(
    private readonly database: IDBDatabase,
    private readonly room: string,
  ) {}

  /** One outbox for each declaration and person. Rejects where the browser forbids storage. */
  static async open(slug: string, person: number): Promise<OfflineStore> {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(UPDATES, { autoIncrement: true }).createIndex(BY_ROOM, "room")
    }
    return new OfflineStore(await result(request), `${slug} ${person}`)
  }

  /** Puts what an earlier visit left behind into the doc; true when there was something. */
  async load(doc: Y.Doc): Promise<boolean> {
    const index = this.transaction("readonly").index(BY_ROOM)
    const [keys, entries] = await Promise.all([
      result(index.getAllKeys(this.room)),
      result(index.getAll(this.room) as IDBRequest<Entry[]>),
    ])
    this.keys.push(...keys)
    for (const { update } of entries) Y.applyUpdate(doc, update, this)
    return entries.length > 0
  }

  /** Something was written that the server has not confirmed. */
  add(update: Uint8Array): void {
    this.buffer.push(update)
    this.timer ??= setTimeout(() => void this.flush(), WRITE_AFTER)
  }

  /** Writes at once what is waiting; also when the page is about to leave. */
  async flush(): Promise<void> {
    this.stopTimer()
    if (!this.buffer.length) return
    const entry: Entry = { room: this.room, update: Y.mergeUpdates(this.buffer.splice(0)) }
    this.writing = this.write(entry)
    await this.writing
  }

  private async write(entry: Entry): Promise<void> {
    this.keys.push(await result(this.transaction("readwrite").add(entry)))
  }

  /** The server has everything: the outbox is emptied. */
  async confirm(): Promise<void> {
    this.stopTimer()
    this.buffer.length = 0
    await this.writing // what is being written is confirmed as well
    const keys = this.keys.splice(0)
    if (!keys.length) return
    const store = this.transaction("readwrite")
    await Promise.all(keys.map((key) => result(store.delete(key))))
  }

  close(): void {
    this.stopTimer()
    this.database.close()
  }

  private stopTimer(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private transaction(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(UPDATES, mode).objectStore(UPDATES)
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
