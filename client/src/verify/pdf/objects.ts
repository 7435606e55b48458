/** The kinds of PDF objects (ISO 32000-1, 7.3). */
import { type Bytes, latin1 } from "../bytes"

export class Name {
  constructor(readonly text: string) {}
}

export class Reference {
  constructor(
    readonly number: number,
    readonly generation: number,
  ) {}
}

/** Where PDFDocEncoding differs from ISO 8859-1 (ISO 32000-1, D.3). */
const PDF_DOC = new Map(
  [
    [0x18, "˘ˇˆ˙˝˛˚˜"] as const,
    [0x80, "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"] as const,
    [0xa0, "€"] as const,
  ].flatMap(([first, chars]) => [...chars].map((char, i) => [String.fromCharCode(first + i), char] as const)),
)

export class PdfString {
  constructor(readonly bytes: Bytes) {}

  get text(): string {
    const [first, second, third] = this.bytes
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(this.bytes)
    if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(this.bytes)
    return [...latin1(this.bytes)].map((char) => PDF_DOC.get(char) ?? char).join("")
  }
}

/** A word that is no value: `obj`, `endobj`, `stream`, `R` … */
export class Keyword {
  constructor(readonly text: string) {}
}

export type Dictionary = ReadonlyMap<string, Value>

export class Stream {
  constructor(
    readonly dictionary: Dictionary,
    readonly raw: Bytes,
  ) {}
}

export type Value =
  | null
  | boolean
  | number
  | Name
  | PdfString
  | Reference
  | Keyword
  | Stream
  | Dictionary
  | List
export interface List extends ReadonlyArray<Value> {}

export class DamagedPdf extends Error {}

/** Nothing is decrypted here: our files are open to everybody. */
export class EncryptedPdf extends DamagedPdf {}

export function isList(value: Value | undefined): value is List {
  return Array.isArray(value)
}

export function isDictionary(value: Value | undefined): value is Dictionary {
  return value instanceof Map
}

export function isName(value: Value | undefined, text: string): boolean {
  return value instanceof Name && value.text === text
}

export function wholeNumber(value: Value | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new DamagedPdf("a number is missing")
  }
  return value
}

/** Equal as written: references are compared, not followed. */
export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return describe(one) === describe(other)
}

function describe(value: Value | undefined): string {
  if (value === undefined || value === null) return "null"
  if (typeof value === "boolean" || typeof value === "number") return String(value)
  if (value instanceof Name) return `/${value.text}`
  if (value instanceof Reference) return `${value.number} ${value.generation} R`
  if (value instanceof PdfString) return `(${Array.from(value.bytes).join()})`
  if (value instanceof Keyword) return `:${value.text}`
  if (value instanceof Stream) return `${describe(value.dictionary)}:${Array.from(value.raw).join()}`
  if (isList(value)) return `[${value.map(describe).join(" ")}]`
  const members = [...value].map(([key, member]) => `/${key} ${describe(member)}`)
  return `<${members.sort().join(" ")}>`
}
