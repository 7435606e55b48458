import type { Socket } from "./reconnector"

/** A socket with something between it and whoever uses it. */
export class SocketAround implements Socket {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  constructor(protected readonly socket: Socket) {}

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
}
