/**
 * Keeps one doc in step with its room on the server, and knows truthfully what is saved.
 *
 * After each (re)connection both sides ask for what they lack (step 1) and answer (step 2), so that nothing
 * typed without a line is lost.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness"
import * as Y from "yjs"
import { mayWrite } from "../rights"
import type { StopReason, Trouble } from "./close-codes"
import { type NoticeListener, NoticeListeners, type Topic } from "./notices"
import {
  awarenessFrame,
  decodeMessage,
  MAX_FRAME,
  type Message,
  type PresentPerson,
  type RoomState,
  step1Frame,
  step2Frame,
  updateFrame,
} from "./protocol"
import { type Connection, type LineOptions, Reconnector } from "./reconnector"
import { SaveLedger } from "./save-ledger"

export interface Status {
  connection: Connection
  stopReason: StopReason | null
  trouble: Trouble | null
  /** The server's text has arrived at least once. */
  synced: boolean
  /** Everything typed here is on the server's disk. */
  saved: boolean
  /** Null until the server has said something of the room. */
  room: RoomState | null
  people: readonly PresentPerson[]
}

export interface ProviderOptions extends LineOptions {
  /** Text of an earlier visit was loaded that the server may not have. */
  unsaved?: boolean
  /** Called with each update that was written here and that no server has confirmed. */
  onUnsaved?: (update: Uint8Array) => void
}

/** Milliseconds after which a socket that confirms nothing is held to be dead. */
export const CONFIRMATION_TIMEOUT = 12_000

type Listener = (status: Status) => void

export class Provider {
  readonly awareness: Awareness
  private readonly line: Reconnector
  private readonly ledger: SaveLedger
  private readonly listeners = new Set<Listener>()
  private readonly notices = new NoticeListeners()
  private synced = false
  private room: RoomState | null = null
  private people: readonly PresentPerson[] = []
  /** What the server asked for on this connection and has not got yet. */
  private serverVector: Uint8Array | null = null
  /** The server's text has arrived on this connection. */
  private caughtUp = false
  private held: Uint8Array[] | null = null
  private holds: (update: Uint8Array) => boolean = () => true
  private watchdog: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly doc: Y.Doc,
    private readonly options: ProviderOptions,
  ) {
    this.awareness = new Awareness(doc)
    this.ledger = new SaveLedger(options.unsaved ?? false)
    this.line = new Reconnector(options, {
      opened: () => this.opened(),
      received: (frame) => this.receive(frame),
      changed: () => this.lineChanged(),
    })
    doc.on("update", this.onUpdate)
    this.awareness.on("update", this.onAwareness)
  }

  get status(): Status {
    const { connection, stopReason, trouble } = this.line
    const { room, people } = this
    return { connection, stopReason, trouble, synced: this.synced, saved: this.ledger.saved, room, people }
  }

  /** Calls at every change of the status. Returns how to end that. */
  onStatus(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * Calls at every notice of the topic, and with null at each connection, since notices may have been missed
   * before it. Returns how to end that.
   */
  onNotice(topic: Topic, listener: NoticeListener): () => void {
    return this.notices.add(topic, listener)
  }

  connect(): void {
    this.line.open()
  }

  goOffline(): void {
    this.line.goOffline()
  }

  /** The page leaves: tells the others that this person is gone. */
  destroy(): void {
    removeAwarenessStates(this.awareness, [this.doc.clientID], "leaving")
    this.doc.off("update", this.onUpdate)
    this.line.stop(null)
    this.awareness.destroy()
    this.listeners.clear()
    this.notices.clear()
  }

  /** Keeps back those updates of others (an input method composes a word here) until `release`. */
  hold(which: (update: Uint8Array) => boolean): void {
    this.held ??= []
    this.holds = which
  }

  release(): void {
    const held = this.held ?? []
    this.held = null
    for (const update of held) this.applyRemote(update)
  }

  private opened(): void {
    this.ledger.newConnection()
    this.serverVector = null
    this.caughtUp = false
    this.line.send(step1Frame(Y.encodeStateVector(this.doc)))
    const state = this.awareness.getLocalState()
    if (state) this.awareness.setLocalState(state) // with a newer clock: the server has marked us as gone
  }

  private receive(frame: Uint8Array): void {
    let message: Message
    try {
      message = decodeMessage(frame)
    } catch (error) {
      console.error("a message of the server cannot be read", error)
      this.line.stop("malformed")
      return
    }
    this.handle(message)
  }

  private handle(message: Message): void {
    switch (message.type) {
      case "step1":
        this.serverVector = message.stateVector
        this.offerWhole()
        return
      case "step2":
        this.takeUpdate(message.update)
        this.synced = true
        if (!this.caughtUp) setTimeout(() => this.notices.callAll()) // first one can write
        this.caughtUp = true
        this.line.proven()
        this.offerWhole()
        break
      case "update":
        this.takeUpdate(message.update)
        return
      case "awareness":
        applyAwarenessUpdate(this.awareness, message.update, this)
        return
      case "queryAwareness":
        this.sendAwareness([this.doc.clientID])
        return
      case "saved":
        this.ledger.storedUpTo(message.count)
        this.watch()
        break
      case "people":
        this.people = message.people
        break
      case "state":
        this.takeState(message.state)
        break
      case "notice":
        this.notices.call(message.topic, message.id)
        return
      case "unknown": // of a newer server; it cannot matter to us
        return
    }
    this.notify()
  }

  /**
   * Answers the server's step 1: once its own text is here, on which ours may build, and as soon as writing
   * is allowed, since a reader's text would be refused.
   */
  private offerWhole(): void {
    if (!this.serverVector || !this.caughtUp || (this.room && !mayWrite(this.room.rights))) return
    const update = Y.encodeStateAsUpdate(this.doc, this.serverVector)
    this.serverVector = null
    if (this.sendText(step2Frame(update))) this.ledger.sentWhole()
    this.watch()
  }

  private takeState(state: RoomState): void {
    this.room = state
    this.offerWhole()
    this.watch()
  }

  private takeUpdate(update: Uint8Array): void {
    if (this.held && this.holds(update)) this.held.push(update)
    else this.applyRemote(update)
  }

  private applyRemote(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, this)
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return
    if (this.room?.rights.edit === false && origin === null) return // Yjs tidies up formatting; not ours to send
    this.ledger.edited()
    this.options.onUnsaved?.(update)
    if (this.line.connection === "online" && this.ledger.mayStream && this.sendText(updateFrame(update))) {
      this.ledger.sentUpdate()
      this.watch()
    }
    this.notify()
  }

  private sendText(frame: Uint8Array): boolean {
    if (frame.length > MAX_FRAME) {
      this.line.stop("tooLarge")
      return false
    }
    this.line.send(frame)
    return true
  }

  private readonly onAwareness = (
    change: Record<"added" | "updated" | "removed", number[]>,
    origin: unknown,
  ) => {
    if (origin === this) return
    const own = [...change.added, ...change.updated, ...change.removed].filter(
      (id) => id === this.doc.clientID,
    )
    if (own.length) this.sendAwareness(own)
  }

  private sendAwareness(clients: number[]): void {
    if (this.line.connection === "online") {
      this.line.send(awarenessFrame(encodeAwarenessUpdate(this.awareness, clients)))
    }
  }

  private lineChanged(): void {
    if (this.line.connection !== "online") this.forgetOthers()
    this.watch()
    this.notify()
  }

  private forgetOthers(): void {
    this.people = []
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID)
    removeAwarenessStates(this.awareness, others, this)
  }

  /** Sets or ends the waiting time for a confirmation. A failed store is no dead socket. */
  private watch(): void {
    clearTimeout(this.watchdog)
    if (this.line.connection !== "online" || !this.ledger.waiting || this.room?.storage === "failed") return
    if (!this.room) return // a server that speaks only the stock protocol confirms nothing
    this.watchdog = setTimeout(() => this.line.giveUp(), CONFIRMATION_TIMEOUT)
  }

  private notify(): void {
    const { status } = this
    for (const listener of this.listeners) listener(status)
  }
}
