/**
 * The first socket of a page is opened before there is anybody to listen to it: the browser's storage is read and the
 * editor made while the server answers. What it says meanwhile is told afterwards, in order.
 */
import { SUBPROTOCOL } from "./protocol"
import type { Socket } from "./reconnector"

type Open = (url: string, protocol: string) => Socket

/** Opens a socket now; who asks first gets that one, whoever asks later another. */
export function openAhead(open: Open, url: string): Open {
  let first: Ahead | null = new Ahead(open(url, SUBPROTOCOL))
  return (to, protocol) => {
    const socket = first
    first = null
    if (!socket || to !== url) return open(to, protocol)
    queueMicrotask(() => socket.listen()) // by then the one who asked has said who listens
    return socket
  }
}

class Ahead implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  /** Null: somebody listens. */
  private waiting: (() => void)[] | null = []

  constructor(private readonly socket: Socket) {
    socket.binaryType = "arraybuffer"
    socket.onopen = () => this.tell(() => this.onopen?.())
    socket.onmessage = (event) => this.tell(() => this.onmessage?.(event))
    socket.onclose = (event) => this.tell(() => this.onclose?.(event))
  }

  get binaryType(): string {
    return this.socket.binaryType
  }

  set binaryType(type: string) {
    this.socket.binaryType = type
  }

  send(data: Uint8Array): void {
    this.socket.send(data)
  }

  close(code?: number): void {
    this.socket.close(code)
  }

  listen(): void {
    const { waiting } = this
    this.waiting = null
    for (const tell of waiting ?? []) tell()
  }

  private tell(what: () => void): void {
    if (this.waiting) this.waiting.push(what)
    else what()
  }
}
