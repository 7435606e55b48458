/** Where the objects of a file lie (ISO 32000-1, 7.5.4, 7.5.6, 7.5.8): one section for each revision. */
import { type Bytes, latin1, unsigned } from "../bytes"
import { unpackTable } from "./inflate"
import {
  DamagedPdf,
  type Dictionary,
  EncryptedPdf,
  isDictionary,
  isList,
  isName,
  Keyword,
  Stream,
  type Value,
  wholeNumber,
} from "./objects"
import { Parser, readIndirect } from "./parser"

export type Place =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "packed"; readonly stream: number; readonly index: number }

export interface Section {
  readonly offset: number
  readonly trailer: Dictionary
  readonly places: ReadonlyMap<number, Place>
}

const MAX_SECTIONS = 200
const MAX_OBJECTS = 500_000
const TAIL = 1024

/** All sections, newest first. Throws for anything that is not written as the standard says. */
export async function readSections(bytes: Bytes): Promise<Section[]> {
  const sections: Section[] = []
  let offset: number | undefined = startOffset(bytes)
  while (offset !== undefined) {
    if (sections.some((section) => section.offset === offset) || sections.length === MAX_SECTIONS) {
      throw new DamagedPdf("the tables of objects run in a circle")
    }
    const section: Section = await readSection(bytes, offset)
    sections.push(section)
    const previous = section.trailer.get("Prev")
    offset = previous === undefined ? undefined : wholeNumber(previous)
  }
  return sections
}

/** What follows the end is no part of the file: that no signature covers it, the seal's check says. */
function startOffset(bytes: Bytes): number {
  const from = Math.max(0, bytes.length - TAIL)
  const tail = latin1(bytes.subarray(from))
  const found = /startxref\s+(\d{1,10})\s+%%EOF/.exec(tail.slice(Math.max(0, tail.lastIndexOf("startxref"))))
  if (!found) throw new DamagedPdf("the end of the file is missing")
  return Number(found[1])
}

async function readSection(bytes: Bytes, offset: number): Promise<Section> {
  if (offset >= bytes.length) throw new DamagedPdf("the table of objects is missing")
  const section = isTable(bytes, offset) ? readTable(bytes, offset) : await readTableStream(bytes, offset)
  if (section.trailer.has("Encrypt")) throw new EncryptedPdf("the file is encrypted")
  if (section.trailer.has("XRefStm")) throw new DamagedPdf("two tables of objects in one")
  return section
}

function isTable(bytes: Bytes, offset: number): boolean {
  return latin1(bytes.subarray(offset, offset + 4)) === "xref"
}

function readTable(bytes: Bytes, offset: number): Section {
  const parser = new Parser(bytes, offset + 4)
  const places = new Map<number, Place>()
  let first = parser.value()
  for (; !(first instanceof Keyword); first = parser.value()) {
    const start = wholeNumber(first)
    const count = wholeNumber(parser.value())
    for (let i = 0; i < count; i++) addPlace(places, start + i, readLine(parser))
  }
  const trailer = parser.value()
  if (first.text !== "trailer" || !isDictionary(trailer)) throw new DamagedPdf("the trailer is missing")
  return { offset, trailer, places }
}

function readLine(parser: Parser): Place {
  const offset = wholeNumber(parser.value())
  const generation = wholeNumber(parser.value())
  const kind = parser.value()
  if (!(kind instanceof Keyword) || !/^[nf]$/.test(kind.text))
    throw new DamagedPdf("a damaged table of objects")
  return kind.text === "n" ? { kind: "offset", offset, generation } : { kind: "free" }
}

async function readTableStream(bytes: Bytes, offset: number): Promise<Section> {
  const { value } = await readIndirect(bytes, offset, async (length) => wholeNumber(length))
  if (!(value instanceof Stream) || !isName(value.dictionary.get("Type"), "XRef")) {
    throw new DamagedPdf("the table of objects is missing")
  }
  return { offset, trailer: value.dictionary, places: readRows(await unpackTable(value), value.dictionary) }
}

function readRows(data: Bytes, trailer: Dictionary): Map<number, Place> {
  const [a = 0, b = 0, c = 0] = numbers(trailer.get("W"))
  const index = trailer.has("Index") ? numbers(trailer.get("Index")) : [0, wholeNumber(trailer.get("Size"))]
  const places = new Map<number, Place>()
  let at = 0
  for (let i = 0; i < index.length; i += 2) {
    const [start = 0, count = 0] = index.slice(i, i + 2)
    if (at + count * (a + b + c) > data.length) throw new DamagedPdf("the table of objects is too short")
    for (let n = 0; n < count; n++, at += a + b + c) {
      const kind = a ? unsigned(data.subarray(at, at + a)) : 1
      const second = unsigned(data.subarray(at + a, at + a + b))
      addPlace(places, start + n, place(kind, second, unsigned(data.subarray(at + a + b, at + a + b + c))))
    }
  }
  return places
}

function place(kind: number, second: number, third: number): Place {
  if (kind === 0) return { kind: "free" }
  if (kind === 1) return { kind: "offset", offset: second, generation: third }
  if (kind === 2) return { kind: "packed", stream: second, index: third }
  return { kind: "free" } // an unknown kind leads to nothing (7.5.8.3)
}

function addPlace(places: Map<number, Place>, number: number, found: Place): void {
  if (places.size >= MAX_OBJECTS) throw new DamagedPdf("too many objects")
  places.set(number, found)
}

function numbers(value: Value | undefined): number[] {
  if (!isList(value)) throw new DamagedPdf("numbers are missing")
  return value.map(wholeNumber)
}
