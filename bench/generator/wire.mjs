// Reading and writing of lib0's numbers and of the y-protocols messages.

/** Reads forward through a buffer. One is enough for a whole process: nothing reads twice at a time. */
export class Reader {
  set(bytes, at) {
    this.bytes = bytes
    this.at = at
    return this
  }

  number() {
    let value = 0
    let factor = 1
    for (;;) {
      if (this.at >= this.bytes.length) throw new RangeError("a number runs past the end")
      const byte = this.bytes[this.at++]
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
  }

  skip(count) {
    this.at += count
  }
}

export function number(value) {
  const bytes = []
  while (value > 127) {
    bytes.push((value % 128) | 128)
    value = Math.floor(value / 128)
  }
  bytes.push(value)
  return bytes
}

/** Numbers become lib0 numbers, anything else is taken as bytes. */
export const join = (...parts) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "number" ? Buffer.from(number(part)) : Buffer.from(part))),
  )

export const withLength = (bytes) => join(bytes.length, bytes)

export const STEP_1 = 0
export const STEP_2 = 1
export const UPDATE = 2

/** `prefix`: the document's name for Hocuspocus, which has many documents a socket; empty for others. */
export const syncMessage = (prefix, inner, bytes) => join(prefix, 0, inner, withLength(bytes))
export const awarenessMessage = (prefix, bytes) => join(prefix, 1, withLength(bytes))
/** Hocuspocus wants this first: authentication (2), token (0), an empty token, no provider version. */
export const hocuspocusLogin = (prefix) => join(prefix, 2, 0, 0, 0)
