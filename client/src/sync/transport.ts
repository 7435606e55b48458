/**
 * Chooses what carries the line: a WebSocket, or HTTP requests where none gets through.
 *
 * Two sockets in a row that do not open (each is given five seconds) lead to HTTP; an HTTP line that does not
 * open leads back. While HTTP carries the line, a WebSocket is tried every minute; as soon as one opens, the
 * HTTP line is closed in a way that makes the client come back at once, over the WebSocket.
 */
import { CloseCode } from "./close-codes"
import { HttpSocket, type HttpSocketOptions } from "./http-socket"
import type { Socket } from "./reconnector"
import { SocketAround } from "./socket-around"

type Open = (url: string, protocol: string) => Socket

export interface TransportOptions extends HttpSocketOptions {
  openWebSocket?: Open
  openHttp?: Open
}

/** Milliseconds. */
export const TIMEOUT = { opening: 5_000, retry: 60_000 } as const
const FAILURES = 2

export class Transport {
  private failures = 0
  private readonly openWebSocket: Open
  private readonly openHttp: Open

  constructor(options: TransportOptions) {
    this.openWebSocket =
      options.openWebSocket ?? ((url, protocol) => new WebSocket(url, protocol) as unknown as Socket)
    this.openHttp = options.openHttp ?? ((url) => new HttpSocket(url, options))
  }

  /** For `LineOptions.openSocket`. */
  readonly open: Open = (url, protocol) =>
    this.failures < FAILURES ? this.viaWebSocket(url, protocol) : this.viaHttp(url, protocol)

  private viaWebSocket(url: string, protocol: string): Socket {
    return new Watched(this.openWebSocket(url, protocol), {
      opened: () => {
        this.failures = 0
      },
      failed: () => {
        this.failures++
      },
    })
  }

  private viaHttp(url: string, protocol: string): Socket {
    let timer: ReturnType<typeof setTimeout>
    const http: Watched = new Watched(this.openHttp(url, protocol), {
      opened: () => {
        timer = setTimeout(probe, TIMEOUT.retry)
      },
      failed: () => {
        this.failures = FAILURES - 1
      },
      ended: () => clearTimeout(timer),
    })
    const probe = () => {
      const socket: Watched = new Watched(this.openWebSocket(url, protocol), {
        opened: () => {
          this.failures = 0
          socket.close()
          http.endWith(CloseCode.ACCESS_CHANGED)
        },
        failed: () => {
          if (!http.over) timer = setTimeout(probe, TIMEOUT.retry)
        },
      })
    }
    return http
  }
}

interface Watcher {
  opened(): void
  /** It closed, or time ran out, before it was open. */
  failed(): void
  ended?(): void
}

/** A socket that is given a limited time to open, and whose fate is told. */
class Watched extends SocketAround {
  over = false
  private opened = false
  private readonly timer: ReturnType<typeof setTimeout>

  constructor(
    socket: Socket,
    private readonly watcher: Watcher,
  ) {
    super(socket)
    this.timer = setTimeout(() => this.endWith(1006), TIMEOUT.opening)
    socket.onopen = () => this.hasOpened()
    socket.onmessage = (event) => this.onmessage?.(event)
    socket.onclose = ({ code }) => this.ended(code)
  }

  /** By the one who uses it: that is no failure. */
  override close(code?: number): void {
    this.settle()
    super.close(code)
  }

  /** As if the server had closed it with this code. */
  endWith(code: number): void {
    const { socket } = this
    this.ended(code)
    socket.close()
  }

  private hasOpened(): void {
    if (this.over) return
    this.opened = true
    clearTimeout(this.timer)
    this.watcher.opened()
    this.onopen?.()
  }

  private ended(code: number): void {
    if (this.over) return
    if (!this.opened) this.watcher.failed()
    this.settle()
    this.onclose?.({ code })
  }

  private settle(): void {
    this.over = true
    clearTimeout(this.timer)
    this.watcher.ended?.()
  }
}
