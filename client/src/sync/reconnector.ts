/**
 * One WebSocket at a time, opened again whenever it is lost.
 *
 *   connecting → online → connecting → … → stopped
 *
 * and `offline` instead of `connecting` once an attempt has failed or the browser says that there is no
 * network. Pauses between attempts grow from 0.2 to 5 seconds, with jitter, so that a restarted server is
 * not met by everybody at once.
 */
import { type Reaction, type Retry, reactionTo, type StopReason, type Trouble } from "./close-codes"
import { SUBPROTOCOL } from "./protocol"

export type Connection = "connecting" | "online" | "offline" | "stopped"

/** The part of WebSocket that is used; tests hand in their own. */
export interface Socket {
  binaryType: string
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
  send(data: Uint8Array): void
  close(code?: number): void
}

export interface LineOptions {
  url: string
  openSocket?: (url: string, protocol: string) => Socket
  /** From 0 up to 1. */
  random?: () => number
}

export interface LineEvents {
  opened(): void
  received(frame: Uint8Array): void
  changed(): void
}

/** Milliseconds. */
export const PAUSES = { first: 200, longest: 5_000, later: 15_000, opening: 10_000 } as const

export class Reconnector {
  connection: Connection = "connecting"
  stopReason: StopReason | null = null
  /** Why the last socket was closed, until the next one has proven itself. */
  trouble: Trouble | null = null
  private socket: Socket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private readonly openSocket: (url: string, protocol: string) => Socket
  private readonly random: () => number

  constructor(
    private readonly options: LineOptions,
    private readonly events: LineEvents,
  ) {
    this.openSocket = options.openSocket ?? ((url, protocol) => new WebSocket(url, protocol) as Socket)
    this.random = options.random ?? Math.random
  }

  /** Opens a socket now, unless one is open or the line was stopped. */
  open(): void {
    if (this.socket || this.stopReason) return
    clearTimeout(this.timer)
    const socket = this.openSocket(this.options.url, SUBPROTOCOL)
    this.socket = socket
    socket.binaryType = "arraybuffer"
    socket.onopen = () => this.opened(socket)
    socket.onmessage = ({ data }) => {
      if (socket === this.socket && data instanceof ArrayBuffer) this.events.received(new Uint8Array(data))
    }
    socket.onclose = ({ code }) => this.lost(socket, reactionTo(code))
    this.timer = setTimeout(() => this.giveUp(), PAUSES.opening)
  }

  /** Forgets how often it failed: the next loss is met with a short pause again. */
  proven(): void {
    this.failures = 0
    this.trouble = null
  }

  send(frame: Uint8Array): void {
    this.socket?.send(frame)
  }

  /** The socket is held to be dead: it is left and another one opened. */
  giveUp(): void {
    const { socket } = this
    if (!socket) return
    this.lost(socket, { retry: "soon" })
    socket.close()
  }

  /** No network: waits for `open`. */
  goOffline(): void {
    const { socket } = this
    clearTimeout(this.timer)
    this.socket = null
    if (!this.stopReason) this.become("offline")
    socket?.close()
  }

  /** For good; `reason` null when the page itself leaves. */
  stop(reason: StopReason | null): void {
    const { socket } = this
    clearTimeout(this.timer)
    this.socket = null
    this.stopReason = reason
    this.become("stopped")
    socket?.close()
  }

  private opened(socket: Socket): void {
    if (socket !== this.socket) return
    clearTimeout(this.timer)
    this.become("online")
    this.events.opened()
  }

  private lost(socket: Socket, reaction: Reaction): void {
    if (socket !== this.socket) return
    clearTimeout(this.timer)
    this.socket = null
    if ("stop" in reaction) {
      this.stop(reaction.stop)
      return
    }
    this.trouble = reaction.trouble ?? null
    const pause = this.pauseBefore(reaction.retry)
    this.failures++
    this.timer = setTimeout(() => this.open(), pause)
    this.become(this.failures > 1 ? "offline" : "connecting")
  }

  /** Even "at once" grows into a pause when it happens again and again without success. */
  private pauseBefore(retry: Retry): number {
    if (retry === "later") return PAUSES.later * (1 + this.random())
    if (retry === "atOnce" && this.failures === 0) return 0
    const longest = Math.min(PAUSES.longest, PAUSES.first * 2 ** this.failures)
    return PAUSES.first + (longest - PAUSES.first) * this.random()
  }

  private become(connection: Connection): void {
    this.connection = connection
    this.events.changed()
  }
}
