/**
 * The first revision of a sealed file, which the renderer makes: where it ends, and that its table names each
 * object once. The counterpart of `server/signing/seal/check/first_revision.py`.
 */
import {
  isPlainDictionary,
  matchAt,
  NotPlain,
  type PlainDictionary,
  type PlainValue,
  readValue,
} from "../pdf/plain-writing"

export const TABLE = /xref(?:\r\n|\n|\r)/y
export const SUBSECTION = /([0-9]{1,8}) ([0-9]{1,6})(?: ?\r\n| ?\n| ?\r)/y
export const TRAILER = /trailer(?=[\t\n\r <])/y
/** Begins with no space, of which there may be much: looking for it takes time in proportion. */
export const ENDS = /startxref(?:\r\n|\n|\r)([0-9]{1,10})(?:\r\n|\n|\r)%%EOF(?:\r\n|\n|\r|$)/g
const ANY_HEAD = /[0-9]{1,8} 0 obj(?=[\t\n\r <])/y
/** Bytes of a row in a table that is written as lines. */
const LINE = 20
const MAX_ENDS = 1_000
const MAX_TRAILER = 4_096

export interface State {
  readonly at: number
  readonly size: number
  readonly table: number
}

/** The first end in the file that names a table before it which leads no further back. */
export function firstRevision(text: string): State {
  let left = MAX_ENDS
  for (const end of text.matchAll(ENDS)) {
    if (left-- === 0) break
    const table = Number(end[1])
    const trailer = table < end.index ? firstTrailer(text, table, end.index) : undefined
    const size = trailer?.get("/Size")
    if (typeof size === "number" && !trailer?.has("/Prev"))
      return { at: end.index + end[0].length, size, table }
  }
  throw new NotPlain("no revision ends at its table")
}

/** Of a table in either form; undefined where there is none. */
function firstTrailer(text: string, table: number, end: number): PlainDictionary | undefined {
  const head = matchAt(ANY_HEAD, text, table)
  const near = Math.max(table, end - MAX_TRAILER)
  const word = text.startsWith("xref", table) ? text.slice(near, end).indexOf("trailer") : -1
  if (!head && word < 0) return undefined
  try {
    const start = head ? table + head[0].length : near + word + "trailer".length
    const [trailer] = readValue(text.slice(start, start + MAX_TRAILER), 0)
    return isPlainDictionary(trailer) ? trailer : undefined
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}

/** In the first table: of two rows for one object some readers take the former, some the latter. */
export function ensureNamedOnce(text: string, table: number): void {
  const ranges = matchAt(ANY_HEAD, text, table) ? namedByStream(text, table) : namedByLines(text, table)
  let behind = 0
  for (const [first, count] of ranges.sort(([one], [other]) => one - other)) {
    if (!(first >= behind)) throw new NotPlain("the first table names an object twice")
    behind = first + count
  }
}

type Range = readonly [first: number, count: number]

function namedByStream(text: string, table: number): Range[] {
  const start = table + (matchAt(ANY_HEAD, text, table)?.[0].length ?? 0)
  const [trailer] = readValue(text.slice(start, start + MAX_TRAILER), 0)
  if (!isPlainDictionary(trailer) || !trailer.has("/Index")) return []
  const index = wholeNumbers(trailer.get("/Index"))
  return index.flatMap((first, i) => (i % 2 ? [] : [[first, index[i + 1] ?? 0] as const]))
}

function namedByLines(text: string, table: number): Range[] {
  const found: Range[] = []
  let at = table + (matchAt(TABLE, text, table)?.[0].length ?? 0)
  for (let part = matchAt(SUBSECTION, text, at); part; part = matchAt(SUBSECTION, text, at)) {
    found.push([Number(part[1]), Number(part[2])])
    at += part[0].length + LINE * Number(part[2])
  }
  if (!matchAt(TRAILER, text, at)) throw new NotPlain("the first table is written in an unusual way")
  return found
}

export function wholeNumbers(value: PlainValue | undefined): number[] {
  if (!Array.isArray(value)) throw new NotPlain("numbers are missing")
  return value.map((item) => {
    if (typeof item !== "number" || item < 0) throw new NotPlain("numbers are missing")
    return item
  })
}
