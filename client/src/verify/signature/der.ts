/**
 * DER (X.690), read strictly: what BER would let through (long forms of lengths, indefinite lengths) is
 * refused, so each value has one sequence of bytes.
 */
import type { Bytes } from "../bytes"

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OBJECT_IDENTIFIER = 0x06
export const SEQUENCE = 0x30
export const SET = 0x31

export interface Element {
  readonly tag: number
  /** With tag and length. */
  readonly bytes: Bytes
  readonly content: Bytes
}

export class DamagedDer extends Error {}

/** The element that begins at `at`; more may follow. */
export function readElement(bytes: Bytes, at = 0): Element {
  const tag = byteAt(bytes, at)
  if (tag === 0) throw new DamagedDer("an end of contents, or padding that a length takes in")
  if ((tag & 0x1f) === 0x1f) throw new DamagedDer("an unknown tag")
  const first = byteAt(bytes, at + 1)
  const size = first < 0x80 ? 0 : first & 0x7f
  if (first >= 0x80 && (size < 1 || size > 4)) throw new DamagedDer("an unknown length")
  let length = size ? 0 : first
  for (let i = 0; i < size; i++) length = length * 256 + byteAt(bytes, at + 2 + i)
  if (size && (length < 0x80 || length < 256 ** (size - 1)))
    throw new DamagedDer("a length that is not the shortest")
  const start = at + 2 + size
  if (start + length > bytes.length) throw new DamagedDer("an element without end")
  return { tag, bytes: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) }
}

/** The one element that the bytes are. */
export function readWhole(bytes: Bytes): Element {
  const element = readElement(bytes)
  if (element.bytes.length !== bytes.length) throw new DamagedDer("bytes behind the end")
  return element
}

export function children(element: Element): Element[] {
  const found: Element[] = []
  for (let at = 0; at < element.content.length; ) {
    const child = readElement(element.content, at)
    found.push(child)
    at += child.bytes.length
  }
  return found
}

/** Takes the elements of a SEQUENCE one after the other. */
export class Cursor {
  private readonly elements: Element[]

  constructor(element: Element) {
    if (element.tag !== SEQUENCE) throw new DamagedDer("no sequence")
    this.elements = children(element)
  }

  next(tag?: number): Element {
    const element = this.elements.shift()
    if (!element || (tag !== undefined && element.tag !== tag)) throw new DamagedDer("an element is missing")
    return element
  }

  optional(tag: number): Element | undefined {
    return this.elements[0]?.tag === tag ? this.elements.shift() : undefined
  }

  end(): void {
    if (this.elements.length) throw new DamagedDer("elements behind the end")
  }
}

export function oid(element: Element): string {
  if (element.tag !== OBJECT_IDENTIFIER || !element.content.length)
    throw new DamagedDer("an identifier is missing")
  const arcs: number[] = []
  let arc = 0
  let fresh = true
  for (const byte of element.content) {
    if (fresh && byte === 0x80) throw new DamagedDer("an identifier that is not the shortest")
    arc = arc * 128 + (byte & 0x7f)
    fresh = byte < 0x80
    if (fresh) {
      arcs.push(arc)
      arc = 0
    }
  }
  if (!fresh) throw new DamagedDer("an identifier without end")
  const [first = 0, ...rest] = arcs
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - 40 * top, ...rest].join(".")
}

/** Small and not negative. */
export function integer(element: Element): number {
  const bytes = integerBytes(element)
  if (bytes.length > 6) throw new DamagedDer("a number too large")
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

/** Big endian, without the leading zero that keeps the sign. */
export function integerBytes(element: Element): Bytes {
  const [first, second] = element.content
  if (element.tag !== INTEGER || first === undefined || first >= 0x80)
    throw new DamagedDer("a number is missing")
  if (first === 0 && second !== undefined && second < 0x80)
    throw new DamagedDer("a number that is not the shortest")
  return first === 0 && second !== undefined ? element.content.subarray(1) : element.content
}

/** The bytes of a bit string of whole bytes. */
export function bits(element: Element): Bytes {
  if (element.tag !== BIT_STRING || element.content[0] !== 0) throw new DamagedDer("bits are missing")
  return element.content.subarray(1)
}

/** UTCTime or GeneralizedTime in Zulu (RFC 5280, 4.1.2.5); fractions of a second are passed over. */
export function time(element: Element): Date {
  const text = String.fromCharCode(...element.content)
  const found = /^(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?Z$/.exec(text)
  if (!found || (element.tag !== 0x17 && element.tag !== 0x18)) throw new DamagedDer("a time is missing")
  const [, century, year, month, day, hour, minute, second] = found
  if ((element.tag === 0x18) !== (century !== undefined)) throw new DamagedDer("a time is missing")
  const full = century ? `${century}${year}` : `${Number(year) < 50 ? 20 : 19}${year}`
  const said = `${full}-${month}-${day}T${hour}:${minute}:${second}`
  const at = new Date(`${said}Z`)
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 19) !== said)
    throw new DamagedDer("a time that there is not")
  return at
}

function byteAt(bytes: Bytes, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new DamagedDer("an element without end")
  return byte
}
