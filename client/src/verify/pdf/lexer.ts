/** Splits the bytes of a PDF into tokens (ISO 32000-1, 7.2 and 7.3). */
import type { Bytes } from "../bytes"
import { DamagedPdf, Keyword, Name, PdfString } from "./objects"

const SPACE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([..."()<>[]{}/%"].map((sign) => sign.charCodeAt(0)))
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

export type Mark = "[" | "]" | "<<" | ">>"
export type Token = number | Name | PdfString | Keyword | Mark

export class Lexer {
  constructor(
    readonly bytes: Bytes,
    public at: number,
  ) {}

  /** The next token; at the end of the data an empty keyword. */
  next(): Token {
    this.skipSpace()
    const sign = this.sign(this.at)
    if (sign === "[" || sign === "]") return this.take(sign)
    if (sign === "<" && this.sign(this.at + 1) === "<") return this.take("<<")
    if (sign === ">" && this.sign(this.at + 1) === ">") return this.take(">>")
    if (sign === "(") return this.literal()
    if (sign === "<") return this.hexadecimal()
    if (sign === "/") return this.name()
    const word = this.word()
    if (!word && sign) throw new DamagedPdf("an unexpected character")
    return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word) ? Number(word) : new Keyword(word)
  }

  private take<M extends Mark>(mark: M): M {
    this.at += mark.length
    return mark
  }

  private sign(at: number): string {
    const byte = this.bytes[at]
    return byte === undefined ? "" : String.fromCharCode(byte)
  }

  private skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at]
      if (byte === 0x25) this.skipComment()
      else if (byte !== undefined && SPACE.has(byte)) this.at++
      else return
    }
  }

  private skipComment(): void {
    while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++
  }

  private word(): string {
    const start = this.at
    for (let byte = this.bytes[this.at]; byte !== undefined; byte = this.bytes[++this.at]) {
      if (SPACE.has(byte) || DELIMITERS.has(byte)) break
    }
    return String.fromCharCode(...this.bytes.subarray(start, Math.min(this.at, start + 1000)))
  }

  private name(): Name {
    this.at++
    return new Name(
      this.word().replace(/#([0-9a-fA-F]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    )
  }

  private hexadecimal(): PdfString {
    const end = this.bytes.indexOf(0x3e, this.at)
    if (end < 0) throw new DamagedPdf("a text without end")
    const digits: number[] = []
    for (const byte of this.bytes.subarray(this.at + 1, end)) {
      if (SPACE.has(byte)) continue
      const digit = Number.parseInt(String.fromCharCode(byte), 16)
      if (Number.isNaN(digit)) throw new DamagedPdf("malformed hexadecimal text")
      digits.push(digit)
    }
    this.at = end + 1
    const pairs = Math.ceil(digits.length / 2)
    return new PdfString(
      Uint8Array.from({ length: pairs }, (_, i) => (digits[2 * i] ?? 0) * 16 + (digits[2 * i + 1] ?? 0)),
    )
  }

  private literal(): PdfString {
    const found: number[] = []
    let depth = 1
    for (this.at++; ; this.at++) {
      const byte = this.bytes[this.at]
      if (byte === undefined) throw new DamagedPdf("a text without end")
      const sign = String.fromCharCode(byte)
      if (sign === "\\") {
        this.escape(found)
        continue
      }
      if (sign === "(") depth++
      if (sign === ")" && --depth === 0) break
      found.push(byte)
    }
    this.at++
    return new PdfString(Uint8Array.from(found))
  }

  private escape(found: number[]): void {
    const sign = this.sign(++this.at)
    if (/[0-7]/.test(sign)) {
      const octal = /^[0-7]{1,3}/.exec([0, 1, 2].map((i) => this.sign(this.at + i)).join(""))?.[0] ?? ""
      found.push(Number.parseInt(octal, 8) & 0xff)
      this.at += octal.length - 1
    } else if (sign === "\r" || sign === "\n") {
      if (sign === "\r" && this.sign(this.at + 1) === "\n") this.at++
    } else {
      found.push(ESCAPES[sign] ?? sign.charCodeAt(0))
    }
  }
}
