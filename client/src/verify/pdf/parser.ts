/** Puts tokens together to objects (ISO 32000-1, 7.3). Whatever is not well formed is refused. */
import type { Bytes } from "../bytes"
import { Lexer, type Token } from "./lexer"
import {
  DamagedPdf,
  type Dictionary,
  isDictionary,
  Keyword,
  Name,
  Reference,
  Stream,
  type Value,
  wholeNumber,
} from "./objects"

const DEEPEST = 60

export class Parser {
  private readonly lexer: Lexer

  constructor(bytes: Bytes, at = 0) {
    this.lexer = new Lexer(bytes, at)
  }

  get at(): number {
    return this.lexer.at
  }

  /** The next object. `1 0 R` becomes a Reference; any other word stays a Keyword. */
  value(depth = 0): Value {
    if (depth > DEEPEST) throw new DamagedPdf("nested too deeply")
    return this.build(this.lexer.next(), depth)
  }

  expect(word: string): void {
    const token = this.lexer.next()
    if (!(token instanceof Keyword) || token.text !== word) throw new DamagedPdf(`${word} is missing`)
  }

  private build(token: Token, depth: number): Value {
    if (token === "[") return this.list(depth)
    if (token === "<<") return this.dictionary(depth)
    if (token === "]" || token === ">>") throw new DamagedPdf("a bracket too many")
    if (typeof token === "number") return this.reference(token) ?? token
    if (token instanceof Keyword) return constant(token)
    return token
  }

  private reference(number: number): Reference | undefined {
    const back = this.lexer.at
    const generation = this.lexer.next()
    if (Number.isInteger(number) && typeof generation === "number" && Number.isInteger(generation)) {
      const word = this.lexer.next()
      if (word instanceof Keyword && word.text === "R") return new Reference(number, generation)
    }
    this.lexer.at = back
    return undefined
  }

  private list(depth: number): Value[] {
    const items: Value[] = []
    for (let token = this.lexer.next(); token !== "]"; token = this.lexer.next()) {
      items.push(ensureValue(this.build(token, depth + 1)))
    }
    return items
  }

  private dictionary(depth: number): Dictionary {
    const members = new Map<string, Value>()
    for (let token = this.lexer.next(); token !== ">>"; token = this.lexer.next()) {
      if (!(token instanceof Name)) throw new DamagedPdf("a key is missing")
      if (members.has(token.text)) throw new DamagedPdf("a key stands twice")
      members.set(token.text, ensureValue(this.value(depth + 1)))
    }
    return members
  }
}

export interface Indirect {
  readonly number: number
  readonly generation: number
  readonly value: Value
}

/** The object `n g obj … endobj` at an offset. `lengthOf` finds a stream's length that is an object itself. */
export async function readIndirect(
  bytes: Bytes,
  at: number,
  lengthOf: (length: Value | undefined) => Promise<number>,
): Promise<Indirect> {
  const parser = new Parser(bytes, at)
  const number = wholeNumber(parser.value())
  const generation = wholeNumber(parser.value())
  parser.expect("obj")
  const value = parser.value()
  const after = parser.value()
  if (!(after instanceof Keyword)) throw new DamagedPdf("an object without end")
  if (after.text === "endobj") return { number, generation, value }
  if (after.text !== "stream" || !isDictionary(value)) throw new DamagedPdf("an object without end")
  const start = streamStart(bytes, parser.at)
  const end = start + (await lengthOf(value.get("Length")))
  if (end > bytes.length) throw new DamagedPdf("a stream without end")
  new Parser(bytes, end).expect("endstream")
  return { number, generation, value: new Stream(value, bytes.subarray(start, end)) }
}

/** Behind the word `stream` there is one line end: CR LF or LF. */
function streamStart(bytes: Bytes, at: number): number {
  if (bytes[at] === 13 && bytes[at + 1] === 10) return at + 2
  if (bytes[at] === 10) return at + 1
  throw new DamagedPdf("a stream without beginning")
}

function constant(word: Keyword): Value {
  if (word.text === "true") return true
  if (word.text === "false") return false
  return word.text === "null" ? null : word
}

function ensureValue(value: Value): Value {
  if (value instanceof Keyword) throw new DamagedPdf("an unexpected word")
  return value
}
