/** A room of one connection: what the provider sends is kept, what the server would say is said by the test. */
import * as encoding from "lib0/encoding"
import * as Y from "yjs"
import { decodeMessage, type Message, step1Frame, step2Frame, updateFrame } from "../../src/sync/protocol"
import type { Socket } from "../../src/sync/reconnector"

export class FakeSocket implements Socket {
  binaryType = ""
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  closed = false
  readonly sent: Message[] = []

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {}

  send(data: Uint8Array): void {
    this.sent.push(decodeMessage(data))
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.onopen?.()
  }

  /** The server closes. */
  end(code: number): void {
    this.closed = true
    this.onclose?.({ code })
  }

  deliver(frame: Uint8Array): void {
    this.onmessage?.({ data: frame.slice().buffer })
  }

  /** What our server says first, and its answer to the client's step 1. */
  welcome(server: Y.Doc, edit = true): void {
    this.open()
    this.state(edit)
    this.deliver(step1Frame(Y.encodeStateVector(server)))
    this.deliver(step2Frame(Y.encodeStateAsUpdate(server)))
  }

  state(edit: boolean, storage = "ok", phase = "drafting"): void {
    this.deliver(
      jsonFrame(102, { phase, rights: { edit, suggest: edit, comment: true }, schema: 2, storage }),
    )
  }

  people(...people: object[]): void {
    this.deliver(jsonFrame(101, { people }))
  }

  notice(topic: string, id: number | string): void {
    this.deliver(jsonFrame(103, { topic, id }))
  }

  saved(count: number): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 100)
    encoding.writeVarUint(encoder, count)
    this.deliver(encoding.toUint8Array(encoder))
  }

  update(update: Uint8Array): void {
    this.deliver(updateFrame(update))
  }

  /** The updates that the client sent, in its numbering. */
  get texts(): Uint8Array[] {
    return this.sent.flatMap((message) =>
      message.type === "step2" || message.type === "update" ? [message.update] : [],
    )
  }
}

export function jsonFrame(number: number, json: unknown): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, number)
  encoding.writeVarString(encoder, JSON.stringify(json))
  return encoding.toUint8Array(encoder)
}
