/**
 * Objects of a PDF that are written in the one plain way which every reader takes alike.
 *
 * PDF allows much more (comments, escaped names, white space of six kinds, numbers in many forms), and readers
 * disagree about its edges. What follows a seal has no need of it. The counterpart of
 * `server/signing/seal/check/plain_writing.py`.
 */
const TOKEN =
  /[\t\n\r ]*(?:(?<open><<|\[)|(?<close>>>|\])|(?<name>\/[A-Za-z0-9_.+:,*-]+)|(?<text>\((?:[^()\\\r\n]|\\[0-7]{3}|\\[nrtbf()\\])*\)|<(?:[0-9A-Fa-f]{2})*>)|(?<number>-?[0-9]{1,10}(?:\.[0-9]{1,20})?)(?=[\t\n\r <>/()[\]])|(?<word>true|false|null|R)(?=[\t\n\r <>/()[\]]))/y
const HEAD = /([1-9][0-9]{0,7}) 0 obj(?=[\t\n\r <[])/y
const END = /[\t\n\r ]*endobj(?=[\t\n\r ])/y
const STREAM = /[\t\n\r ]*stream(?:\r\n|\n)/y
const STREAM_END = /(?:\r\n|\n|\r)?endstream[\t\n\r ]+endobj(?=[\t\n\r ])/y
const MAX_DEPTH = 60

/** Something is written in another way. */
export class NotPlain extends Error {}

/** A whole number, a text as it is written, a list, a dictionary, or a reference. */
export type PlainValue = number | string | readonly PlainValue[] | PlainDictionary | PlainReference
export type PlainDictionary = ReadonlyMap<string, PlainValue>
export interface PlainReference {
  readonly reference: number
}

export interface PlainObject {
  readonly number: number
  readonly value: PlainValue
  /** Where the data of a stream lie. */
  readonly data?: { readonly start: number; readonly end: number }
  readonly end: number
}

/** `text` has one unit for each byte of the file. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** The object that begins here, or undefined where none does. */
export function readObject(text: string, at: number): PlainObject | undefined {
  const head = matchAt(HEAD, text, at)
  if (!head) return undefined
  const number = Number(head[1])
  const [value, behind] = readValue(text, at + head[0].length)
  const end = matchAt(END, text, behind)
  if (end) return { number, value, end: behind + end[0].length }
  const begin = matchAt(STREAM, text, behind)
  const length = isPlainDictionary(value) ? value.get("/Length") : undefined
  if (!begin || typeof length !== "number" || length < 0) throw new NotPlain("an object has no end")
  const start = behind + begin[0].length
  const stop = matchAt(STREAM_END, text, start + length)
  if (!stop) throw new NotPlain("a stream is longer or shorter than it says")
  const data = { start, end: start + length }
  return { number, value, data, end: data.end + stop[0].length }
}

/** One value and the offset behind it. */
export function readValue(text: string, from: number): [PlainValue, number] {
  const waiting: PlainValue[][] = [[]]
  const opened: string[] = []
  for (let at = from; ; ) {
    const token = matchAt(TOKEN, text, at)
    if (!token) throw new NotPlain("something is written in an unusual way")
    at += token[0].length
    addToken(token.groups ?? {}, waiting, opened)
    const value = waiting[0]?.[0]
    if (!opened.length && value !== undefined) return [value, at]
  }
}

function addToken(
  token: Record<string, string | undefined>,
  waiting: PlainValue[][],
  opened: string[],
): void {
  if (token.open) {
    opened.push(token.open)
    waiting.push([])
    if (opened.length > MAX_DEPTH) throw new NotPlain("something is nested too deeply")
    return
  }
  const inner = token.close ? waiting.pop() : undefined
  const items = waiting.at(-1)
  if (!items) throw new NotPlain("brackets do not match")
  if (token.close && inner) {
    if ((opened.pop() === "[") !== (token.close === "]")) throw new NotPlain("brackets do not match")
    items.push(token.close === "]" ? inner : members(inner))
  } else if (token.word === "R") items.push(reference(items.splice(-2)))
  else if (token.number && !token.number.includes(".")) items.push(Number(token.number))
  else items.push(token.name ?? token.text ?? token.number ?? token.word ?? "")
}

function reference([number, generation]: PlainValue[]): PlainReference {
  if (typeof number !== "number" || number < 1 || generation !== 0) {
    throw new NotPlain("a reference is written in an unusual way")
  }
  return { reference: number }
}

function members(items: readonly PlainValue[]): PlainDictionary {
  const found = new Map<string, PlainValue>()
  for (let i = 0; i < items.length; i += 2) {
    const [key, value] = [items[i], items[i + 1]]
    if (typeof key !== "string" || !key.startsWith("/") || value === undefined) {
      throw new NotPlain("a dictionary is written in an unusual way")
    }
    if (found.has(key)) throw new NotPlain("a member stands twice in a dictionary")
    found.set(key, value)
  }
  return found
}

export function isPlainDictionary(value: PlainValue | undefined): value is PlainDictionary {
  return value instanceof Map
}
