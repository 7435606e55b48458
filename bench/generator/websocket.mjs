// A WebSocket client (RFC 6455) on a plain socket: one read buffer for all connections and no allocation
// per message, so that the generator stays much cheaper than the server under test.
import crypto from "node:crypto"
import net from "node:net"

const readBuffer = Buffer.allocUnsafeSlow(256 * 1024)
const CONTINUATION = 0
const CLOSE = 8
const PING = 9
const PONG = 10

/** A whole client frame. Its mask is zero, which costs nothing and is a mask like any other. */
export function frame(payload, opcode = 2) {
  const length = payload.length
  const head = length < 126 ? 2 : length < 65536 ? 4 : 10
  const out = Buffer.allocUnsafe(head + 4 + length)
  out[0] = 0x80 | opcode
  if (head === 2) out[1] = 0x80 | length
  else if (head === 4) {
    out[1] = 0xfe
    out.writeUInt16BE(length, 2)
  } else {
    out[1] = 0xff
    out.writeBigUInt64BE(BigInt(length), 2)
  }
  out.fill(0, head, head + 4)
  out.set(payload, head + 4)
  return out
}

export class WebSocketClient {
  /** `on`: open(), message(buffer, start, end) where the bytes are valid during the call only, close(why). */
  constructor(url, headers, on) {
    this.on = on
    this.opened = false
    this.closed = false
    this.bytesIn = 0
    this.framesIn = 0
    this.head = ""
    this.rest = null // an incomplete frame header
    this.large = null // a frame that is longer than what has come of it: {first, bytes, filled}
    this.parts = null // a fragmented message
    const { hostname, host, port, pathname, search } = new URL(url)
    const request = handshake(host, pathname + search, headers)
    const onread = {
      buffer: readBuffer,
      callback: (count, bytes) => {
        this.#read(bytes, count)
        return true
      },
    }
    this.socket = net.connect({ host: hostname, port: Number(port), noDelay: true, onread })
    this.socket.on("connect", () => this.socket.write(request))
    this.socket.on("error", (error) => this.#end(error.code ?? String(error)))
    this.socket.on("close", () => this.#end("closed"))
  }

  send(payload) {
    this.sendFrame(frame(payload))
  }

  sendFrame(bytes) {
    if (!this.closed) this.socket.write(bytes)
  }

  /** Without a close frame, as a lost network does it. */
  close() {
    this.closed = true
    this.socket.destroy()
  }

  #end(why) {
    if (this.closed) return
    this.close()
    this.on.close(why)
  }

  #read(bytes, count) {
    this.bytesIn += count
    if (!this.opened) return this.#shakeHands(bytes.latin1Slice(0, count))
    if (this.rest) {
      bytes = Buffer.concat([this.rest, bytes.subarray(0, count)])
      this.rest = null
    } else if (bytes.length !== count) bytes = bytes.subarray(0, count)
    this.#frames(bytes, this.large ? this.#fill(bytes) : 0)
  }

  #shakeHands(text) {
    this.head += text
    const end = this.head.indexOf("\r\n\r\n")
    if (end < 0) return
    const status = this.head.slice(0, this.head.indexOf("\r\n"))
    if (!status.includes(" 101")) return this.#end(status)
    const rest = Buffer.from(this.head.slice(end + 4), "latin1")
    this.opened = true
    this.on.open()
    if (rest.length) this.#frames(rest, 0)
  }

  /** Continues the large frame; returns where the next frame begins. */
  #fill(bytes) {
    const { large } = this
    const taken = bytes.copy(large.bytes, large.filled)
    large.filled += taken
    if (large.filled === large.bytes.length) {
      this.large = null
      this.#frame(large.first, large.bytes, 0, large.bytes.length)
    }
    return taken
  }

  #frames(bytes, at) {
    while (at < bytes.length && !this.closed) {
      const short = bytes.length - at < 2 ? 127 : bytes[at + 1] & 127
      const head = short === 126 ? 4 : short === 127 ? 10 : 2
      if (bytes.length - at < head) {
        this.rest = Buffer.from(bytes.subarray(at))
        return
      }
      const length =
        head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      const first = bytes[at]
      at += head
      if (bytes.length - at < length) {
        this.large = { first, bytes: Buffer.allocUnsafe(length), filled: bytes.length - at }
        bytes.copy(this.large.bytes, 0, at)
        return
      }
      this.#frame(first, bytes, at, at + length)
      at += length
    }
  }

  #frame(first, bytes, start, end) {
    const opcode = first & 15
    this.framesIn++
    if (opcode === PING) this.sendFrame(frame(bytes.subarray(start, end), PONG))
    else if (opcode === CLOSE)
      this.#end(`close ${end - start >= 2 ? bytes.readUInt16BE(start) : "without code"}`)
    else if (opcode !== PONG) this.#message(Boolean(first & 0x80), opcode, bytes, start, end)
  }

  #message(last, opcode, bytes, start, end) {
    if (last && opcode !== CONTINUATION) return this.on.message(bytes, start, end)
    this.parts ??= []
    this.parts.push(Buffer.from(bytes.subarray(start, end)))
    if (!last) return
    const whole = Buffer.concat(this.parts)
    this.parts = null
    this.on.message(whole, 0, whole.length)
  }
}

function handshake(host, path, headers) {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${crypto.randomBytes(16).toString("base64")}`,
    "Sec-WebSocket-Version: 13",
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ]
  return `${lines.join("\r\n")}\r\n\r\n`
}
