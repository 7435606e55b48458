/** CBOR (RFC 8949) in the canonical form that authenticators write (CTAP2, section 8). */
import { type Bytes, fromUtf8, unsigned } from "../bytes"

export type Cbor = number | boolean | null | string | Bytes | readonly Cbor[] | CborMap
export interface CborMap extends ReadonlyMap<string | number, Cbor> {}

const DEEPEST = 8

/** The first value, and where it ends. */
export function readCbor(bytes: Bytes, at = 0): { value: Cbor; end: number } {
  const reader = new Reader(bytes, at)
  return { value: reader.value(0), end: reader.at }
}

export function isMap(value: Cbor | undefined): value is CborMap {
  return value instanceof Map
}

class Reader {
  constructor(
    private readonly bytes: Bytes,
    public at: number,
  ) {}

  value(depth: number): Cbor {
    if (depth > DEEPEST) throw new Error("nested too deeply")
    const head = this.take(1)[0] ?? 0
    const kind = head >> 5
    if (kind === 7) return simple(head & 31)
    const size = this.size(head & 31)
    if (kind === 0) return size
    if (kind === 1) return -1 - size
    if (kind === 2) return this.take(size)
    if (kind === 3) return fromUtf8(this.take(size))
    if (kind === 4) return Array.from({ length: this.count(size) }, () => this.value(depth + 1))
    if (kind === 5) return this.map(this.count(size), depth)
    throw new Error("an unknown kind of value")
  }

  private map(count: number, depth: number): CborMap {
    const members = new Map<string | number, Cbor>()
    for (let i = 0; i < count; i++) {
      const key = this.value(depth + 1)
      if ((typeof key !== "string" && typeof key !== "number") || members.has(key))
        throw new Error("a bad key")
      members.set(key, this.value(depth + 1))
    }
    return members
  }

  /** Definite and in the shortest form. */
  private size(info: number): number {
    if (info < 24) return info
    if (info > 27) throw new Error("an indefinite length")
    const width = 2 ** (info - 24)
    const value = unsigned(this.take(width))
    if (value < (width === 1 ? 24 : 256 ** (width / 2))) throw new Error("a length that is not the shortest")
    return value
  }

  private count(size: number): number {
    if (size > this.bytes.length) throw new Error("a length beyond the end")
    return size
  }

  private take(length: number): Bytes {
    if (this.at + length > this.bytes.length) throw new Error("the end is missing")
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}

function simple(info: number): Cbor {
  if (info === 20 || info === 21) return info === 21
  if (info === 22) return null
  throw new Error("an unknown kind of value")
}
