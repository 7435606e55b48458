/**
 * What is needed to go on without a connection, kept in the browser (IndexedDB) across closed tabs: what was
 * written here and is not on the server yet, and a copy of the text as it was last seen.
 *
 * As soon as the server has confirmed everything, nothing unsaved remains. The copy goes at signing out
 * (`local-traces.ts`).
 */
import * as Y from "yjs"
import { BY_ROOM, openDatabase, REFUSED, result, TEXTS, UPDATES } from "./local-traces"

/** Milliseconds after which an update that is still unconfirmed is written; a good line is faster. */
export const WRITE_AFTER = 300

interface Entry {
  room: string
  update: Uint8Array
}

/** What an earlier visit left behind. */
export interface Found {
  /** Text that the server may not have. */
  unsaved: boolean
  /** A whole text that can be shown. */
  text: boolean
  /** Words that the server has refused on an earlier visit. */
  refused: string | null
}

export class OfflineStore {
  /** Called when `kept` changes. */
  onKept: () => void = () => {}
  private readonly keys: IDBValidKey[] = []
  private readonly buffer: Uint8Array[] = []
  private writing: Promise<void> = Promise.resolve()
  private writes = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  private constructor(
    private readonly database: IDBDatabase,
    private readonly room: string,
  ) {}

  /** One for each text and person. Rejects where the browser forbids storage. */
  static async open(text: string, person: number): Promise<OfflineStore> {
    return new OfflineStore(await openDatabase(), `${text} ${person}`)
  }

  /** Everything unsaved is in the browser's storage: the page may be closed. */
  get kept(): boolean {
    return this.buffer.length === 0 && this.writes === 0
  }

  /** Puts what an earlier visit left behind into the doc. */
  async load(doc: Y.Doc): Promise<Found> {
    const index = this.store(UPDATES, "readonly").index(BY_ROOM)
    const [keys, entries] = await Promise.all([
      result(index.getAllKeys(this.room)),
      result(index.getAll(this.room) as IDBRequest<Entry[]>),
    ])
    const text = await result(
      this.store(TEXTS, "readonly").get(this.room) as IDBRequest<Uint8Array | undefined>,
    )
    this.keys.push(...keys)
    if (text) Y.applyUpdate(doc, text, this)
    for (const { update } of entries) Y.applyUpdate(doc, update, this)
    const refused = await result(
      this.store(TEXTS, "readonly").get(this.refused) as IDBRequest<string | undefined>,
    )
    return { unsaved: entries.length > 0, text: text !== undefined, refused: refused ?? null }
  }

  /** Keeps the text as it is now, for a visit without a connection. */
  async keepText(doc: Y.Doc): Promise<void> {
    await result(this.store(TEXTS, "readwrite").put(Y.encodeStateAsUpdate(doc), this.room))
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
    this.writes++
    this.keys.push(await result(this.store(UPDATES, "readwrite").add(entry)))
    this.writes--
    this.onKept()
  }

  /** The server has everything: nothing unsaved is kept any longer. */
  async confirm(): Promise<void> {
    this.stopTimer()
    this.buffer.length = 0
    await this.writing // what is being written is confirmed as well
    const keys = this.keys.splice(0)
    if (!keys.length) return
    const store = this.store(UPDATES, "readwrite")
    await Promise.all(keys.map((key) => result(store.delete(key))))
  }

  /**
   * The server does not take what was written here: it is never offered again, else no later visit would come
   * into the room. The words stay, as plain text. All of it or nothing: a page that is closed meanwhile finds
   * the words unsaved as before.
   */
  async setAside(words: string): Promise<void> {
    this.stopTimer()
    this.buffer.length = 0
    await this.writing // what is being written is refused as well
    const transaction = this.database.transaction([TEXTS, UPDATES], "readwrite")
    const texts = transaction.objectStore(TEXTS)
    const updates = transaction.objectStore(UPDATES)
    texts.put(words, this.refused)
    texts.delete(this.room) // the copy holds them as well
    for (const key of this.keys.splice(0)) updates.delete(key)
    await new Promise<void>((done, failed) => {
      transaction.oncomplete = () => done()
      transaction.onabort = () => failed(transaction.error)
    })
  }

  /** Whoever has saved the words, or needs them no more. */
  async forgetRefused(): Promise<void> {
    await result(this.store(TEXTS, "readwrite").delete(this.refused))
  }

  private get refused(): string {
    return `${this.room}${REFUSED}`
  }

  close(): void {
    this.stopTimer()
    this.database.close()
  }

  private stopTimer(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private store(name: string, mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(name, mode).objectStore(name)
  }
}
