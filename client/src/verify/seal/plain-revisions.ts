/**
 * Whether seal and time stamps are written so that every reader of PDF finds the same objects in the file.
 *
 * A reader that stumbles over a table of objects looks for objects by itself, and then finds those that no table
 * names. So each later revision is objects, one behind the other, then the table that names exactly these at
 * exactly their places, then the end; no byte lies between. The counterpart of
 * `server/signing/seal/check/plain_revisions.py`.
 */
import { type Bytes, unsigned } from "../bytes"
import { unpack } from "../pdf/inflate"
import { Name, Stream } from "../pdf/objects"
import {
  isPlainDictionary,
  matchAt,
  NotPlain,
  type PlainDictionary,
  type PlainObject,
  type PlainValue,
  readObject,
  readValue,
} from "../pdf/plain-writing"
import {
  ENDS,
  ensureNamedOnce,
  firstRevision,
  type State,
  SUBSECTION,
  TABLE,
  TRAILER,
  wholeNumbers,
} from "./first-revision"

const SPACE = /[\t\n\r ]*/y
const ROW = /([0-9]{10}) ([0-9]{5}) ([nf])(?: \n| \r|\r\n)/y
const END = new RegExp(`[\\t\\n\\r ]*${ENDS.source}`, "y")
const TRAILER_MEMBERS = ["/Size", "/Root", "/Info", "/ID", "/Prev"]
const STREAM_MEMBERS = [...TRAILER_MEMBERS, "/Type", "/W", "/Index", "/Length", "/Filter"]
const MAX_WIDTH = 8
const MAX_ROWS = 100_000

type Places = Map<number, number>
interface Table {
  readonly start: number
  readonly end: number
  readonly trailer: PlainDictionary
  readonly places: ReadonlyMap<number, number>
}

/** Of the first revision only that its table names each object once. */
export async function isPlain(pdf: Bytes): Promise<boolean> {
  try {
    await ensurePlain(pdf)
    return true
  } catch (error) {
    if (error instanceof NotPlain) return false
    throw error
  }
}

async function ensurePlain(pdf: Bytes): Promise<void> {
  const text = new TextDecoder("windows-1252").decode(pdf) // one unit for each byte
  let state = firstRevision(text)
  ensureNamedOnce(text, state.table)
  while (behindSpace(text, state.at) < text.length) state = await readRevision(pdf, text, state)
}

async function readRevision(pdf: Bytes, text: string, before: State): Promise<State> {
  const table = await readToTable(pdf, text, before.at)
  const size = Math.max(before.size, ...[...table.places.keys()].map((number) => number + 1))
  ensure(table.trailer.get("/Prev") === before.table && table.trailer.get("/Size") === size)
  const end = matchAt(END, text, table.end)
  if (!end || Number(end[1]) !== table.start) throw new NotPlain("a revision does not end at its table")
  return { at: table.end + end[0].length, size, table: table.start }
}

async function readToTable(pdf: Bytes, text: string, from: number): Promise<Table> {
  const found: Places = new Map()
  for (let at = behindSpace(text, from); ; ) {
    const read = readObject(text, at)
    if (!read) return samePlaces(found, readTable(text, at))
    ensure(!found.has(read.number))
    found.set(read.number, at)
    const type = isPlainDictionary(read.value) ? read.value.get("/Type") : undefined
    if (type === "/XRef") return samePlaces(found, await readStream(pdf, at, read))
    ensure(type !== "/ObjStm")
    if (isPlainDictionary(read.value) && read.value.has("/ByteRange")) {
      const [start, ...more] = wholeNumbers(read.value.get("/ByteRange"))
      ensure(start === 0 && more.length === 3)
    }
    at = behindSpace(text, read.end)
  }
}

function samePlaces(found: Places, table: Table): Table {
  ensure(found.size === table.places.size)
  for (const [number, place] of found) ensure(table.places.get(number) === place)
  return table
}

function readTable(text: string, start: number): Table {
  const begin = matchAt(TABLE, text, start)
  if (!begin) throw new NotPlain("something stands between the objects")
  let at = start + begin[0].length
  const places: Places = new Map()
  for (let part = matchAt(SUBSECTION, text, at); part; part = matchAt(SUBSECTION, text, at)) {
    at += part[0].length
    for (let n = 0; n < Number(part[2]); n++) {
      const row = matchAt(ROW, text, at)
      if (!row) throw new NotPlain("a line of the table is written in an unusual way")
      addRow(places, Number(part[1]) + n, row[3] === "n" ? 1 : 0, Number(row[1]), Number(row[2]))
      at += row[0].length
    }
  }
  const word = matchAt(TRAILER, text, at)
  if (!word) throw new NotPlain("the table has no trailer")
  const [trailer, end] = readValue(text, at + word[0].length)
  return { start, end, trailer: bounded(trailer, TRAILER_MEMBERS), places }
}

async function readStream(pdf: Bytes, start: number, stream: PlainObject): Promise<Table> {
  const trailer = bounded(stream.value, STREAM_MEMBERS)
  const widths = wholeNumbers(trailer.get("/W"))
  const index = wholeNumbers(trailer.get("/Index"))
  ensure(widths.length === 3 && Math.max(...widths) <= MAX_WIDTH && widths[0] === 1)
  const firsts = index.filter((_, i) => i % 2 === 0)
  ensure(index.length % 2 === 0 && firsts.every((first, i) => i === 0 || (firsts[i - 1] ?? 0) <= first))
  const numbers = firsts.flatMap((first, i) => range(first, index[2 * i + 1] ?? 0))
  const data = await unpackPlain(pdf, stream, trailer)
  const [kind = 0, one = 0, two = 0] = widths
  const width = kind + one + two
  ensure(data.length === width * numbers.length)
  const places: Places = new Map()
  for (const [i, number] of numbers.entries()) {
    const row = data.subarray(i * width, (i + 1) * width)
    const [second, third] = [row.subarray(kind, kind + one), row.subarray(kind + one)]
    addRow(places, number, row[0] ?? 0, place(second), place(third))
  }
  return { start, end: stream.end, trailer, places }
}

function place(bytes: Bytes): number {
  try {
    return unsigned(bytes)
  } catch {
    throw new NotPlain("a place beyond every file")
  }
}

function range(first: number, count: number): number[] {
  ensure(count > 0 && count <= MAX_ROWS)
  return Array.from({ length: count }, (_, i) => first + i)
}

async function unpackPlain(pdf: Bytes, { data }: PlainObject, trailer: PlainDictionary): Promise<Bytes> {
  const packed = trailer.get("/Filter")
  if (!data || (packed !== undefined && packed !== "/FlateDecode")) {
    throw new NotPlain("the table is packed in an unusual way")
  }
  const members = new Map(packed ? [["Filter", new Name("FlateDecode")]] : [])
  try {
    return await unpack(new Stream(members, pdf.subarray(data.start, data.end)), MAX_ROWS * 3 * MAX_WIDTH)
  } catch {
    throw new NotPlain("the table is damaged") // whatever the browser's own unpacking throws
  }
}

/** Free may be only the object 0, where the list of free ones begins. */
function addRow(places: Places, number: number, kind: number, one: number, two: number): void {
  if (number === 0 && kind === 0) return
  ensure(!places.has(number) && kind === 1 && two === 0)
  places.set(number, one)
}

function bounded(trailer: PlainValue, allowed: readonly string[]): PlainDictionary {
  if (!isPlainDictionary(trailer)) throw new NotPlain("the trailer is missing")
  ensure([...trailer.keys()].every((key) => allowed.includes(key)))
  return trailer
}

function behindSpace(text: string, at: number): number {
  return at + (matchAt(SPACE, text, at)?.[0].length ?? 0)
}

function ensure(holds: boolean): asserts holds {
  if (!holds) throw new NotPlain("the table names other objects than there are")
}
