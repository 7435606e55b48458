/** Bytes, their digests and their texts; each text form is read strictly: one text for each sequence. */
export type Bytes = Uint8Array<ArrayBuffer>
export type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512"

const encoder = new TextEncoder()

export function utf8(text: string): Bytes {
  return encoder.encode(text)
}

/** Throws for anything that is not UTF-8. A byte order mark stays a character. */
export function fromUtf8(bytes: Bytes): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
}

export function latin1(bytes: Bytes): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

export async function hash(name: HashName, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest(name, data))
}

export function sha256(data: Bytes): Promise<Bytes> {
  return hash("SHA-256", data)
}

/** SHA-256 as 64 lower-case hexadecimal characters. */
export async function digest(data: Bytes): Promise<string> {
  return hex(await sha256(data))
}

export function hex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

export function fromHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error("malformed hexadecimal text")
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}

/** Written as `digest` writes it. That it is one of anything is not said. */
export function isDigest(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
}

/** Base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: Bytes): string {
  return btoa(latin1(bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

export function fromBase64url(text: unknown): Bytes {
  if (typeof text !== "string") throw new Error("base64url text is missing")
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  const bytes = Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
  if (base64url(bytes) !== text) throw new Error("malformed base64url text")
  return bytes
}

export function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}

export function join(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Big endian. */
export function unsigned(bytes: Bytes): number {
  const value = bytes.reduce((number, byte) => number * 256 + byte, 0)
  if (!Number.isSafeInteger(value)) throw new Error("number too large")
  return value
}
