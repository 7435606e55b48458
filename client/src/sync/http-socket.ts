/**
 * A socket of ordinary HTTP requests, for networks that let no WebSockets through. It asks for news by long
 * polling and sends what there is to send one request at a time, so that the order is kept. Any request that
 * fails ends it; the line then opens another one and both sides ask each other for what they lack.
 *
 *   opening → open → closed
 */
import * as decoding from "lib0/decoding"
import * as encoding from "lib0/encoding"
import { CloseCode } from "./close-codes"
import type { Socket } from "./reconnector"

const SESSION_HEADER = "Kraftakt-Session"
const CLOSE = "Kraftakt-Close"
/** What a browser itself reports for a connection that ended without a word. */
const LOST = 1006
/** Milliseconds. The server answers after 8 seconds at the latest. */
export const ANSWER_TIMEOUT = 20_000
/** How often a request is sent to find the process that knows the line: a proxy may choose another each time. */
export const TRIES = 20
/**
 * Milliseconds between two tries, growing, of which a random part is waited: whoever asks in step with others
 * may meet the same wrong process every time.
 */
const PAUSE = 10
/** Bytes in one request, unless a single frame is longer. */
const BATCH = 1 << 20

export interface HttpSocketOptions {
  /** Proves that the request comes from our page. */
  csrfToken: string
  fetch?: typeof fetch
}

export class HttpSocket implements Socket {
  binaryType = "arraybuffer"
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  private line = ""
  private waiting: Uint8Array[] = []
  private sending = false
  private closed = false
  private readonly ending = new AbortController()
  private readonly base: URL
  private readonly fetch: typeof fetch

  /** `url`: of the WebSocket it stands in for. */
  constructor(
    url: string,
    private readonly options: HttpSocketOptions,
  ) {
    this.base = httpAddress(url)
    this.fetch = options.fetch ?? fetch.bind(globalThis)
    void this.listen()
  }

  send(data: Uint8Array): void {
    if (this.closed) return
    this.waiting.push(data)
    if (!this.sending) void this.post()
  }

  /** Takes leave of the server, also when the page is about to go. */
  close(): void {
    if (this.closed) return
    this.end(LOST)
    if (this.line) this.request("frames", { leave: "1" }, { method: "POST", keepalive: true }).catch(() => {})
  }

  private async listen(): Promise<void> {
    try {
      while (!this.closed) this.hear(await this.ask())
    } catch {
      this.end(LOST)
    }
  }

  private async ask(): Promise<Answer> {
    const timer = setTimeout(() => this.end(LOST), ANSWER_TIMEOUT)
    try {
      const response = await this.request("events", {}, { signal: this.ending.signal })
      return { headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) }
    } finally {
      clearTimeout(timer)
    }
  }

  private hear({ headers, body }: Answer): void {
    if (this.closed) return
    const line = headers.get(SESSION_HEADER)
    if (line && !this.line) {
      this.line = line
      this.onopen?.()
    }
    for (const frame of readFrames(body)) if (!this.closed) this.onmessage?.({ data: frame })
    this.heed(headers)
  }

  private heed(headers: Headers): void {
    const code = closeCode(headers)
    if (code !== null) this.end(code)
    else if (!this.line) this.end(LOST) // whoever answered, it was not our server
  }

  private async post(): Promise<void> {
    this.sending = true
    try {
      while (this.waiting.length && !this.closed) {
        const body = takeBatch(this.waiting)
        this.heed((await this.request("frames", {}, { method: "POST", body })).headers)
      }
    } catch {
      this.end(LOST)
    } finally {
      this.sending = false
    }
  }

  private async request(path: string, query: Record<string, string>, init: RequestInit): Promise<Response> {
    const address = new URL(`${this.base.pathname}/${path}`, this.base)
    address.search = this.line
      ? new URLSearchParams({ line: this.line, ...query }).toString()
      : this.base.search
    const headers = { "X-CSRF-Token": this.options.csrfToken }
    for (let tries = 1; ; tries++) {
      const response = await this.fetch(address, { credentials: "same-origin", headers, ...init })
      if (!response.ok) throw new Error(`the server answered ${response.status}`)
      const missed = closeCode(response.headers) === CloseCode.NO_SUCH_LINE
      if (!missed || tries === TRIES || this.closed) return response
      await new Promise((resolve) => setTimeout(resolve, Math.random() * tries * PAUSE))
    }
  }

  private end(code: number): void {
    if (this.closed) return
    this.closed = true
    this.waiting = []
    this.ending.abort()
    this.onclose?.({ code })
  }
}

function closeCode(headers: Headers): number | null {
  const close = headers.get(CLOSE)
  return close ? Number.parseInt(close, 10) || LOST : null
}

interface Answer {
  headers: Headers
  body: Uint8Array
}

/** `wss://host/ws/declarations/a?schema=1` → `https://host/live/declarations/a?schema=1` */
export function httpAddress(url: string): URL {
  const address = new URL(url.replace(/^ws/, "http"))
  address.pathname = address.pathname.replace(/^\/ws\//, "/live/")
  return address
}

function takeBatch(waiting: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  do {
    encoding.writeVarUint8Array(encoder, waiting.shift() ?? new Uint8Array())
  } while (waiting[0] && encoding.length(encoder) + waiting[0].length < BATCH)
  return new Uint8Array(encoding.toUint8Array(encoder))
}

function* readFrames(body: Uint8Array): Generator<ArrayBuffer> {
  const decoder = decoding.createDecoder(body)
  while (decoding.hasContent(decoder)) {
    yield decoding.readVarUint8Array(decoder).slice().buffer as ArrayBuffer
  }
}
