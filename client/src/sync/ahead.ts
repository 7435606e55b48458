/**
 * The first socket of a page is opened before there is anybody to listen to it: the browser's storage is read and the
 * editor made while the server answers. What it says meanwhile is told afterwards, in order.
 */
import { SUBPROTOCOL } from "./protocol"
import type { Socket } from "./reconnector"
import { SocketAround } from "./socket-around"

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

class Ahead extends SocketAround {
  /** Null: somebody listens. */
  private waiting: (() => void)[] | null = []

  constructor(socket: Socket) {
    super(socket)
    socket.binaryType = "arraybuffer"
    socket.onopen = () => this.tell(() => this.onopen?.())
    socket.onmessage = (event) => this.tell(() => this.onmessage?.(event))
    socket.onclose = (event) => this.tell(() => this.onclose?.(event))
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
