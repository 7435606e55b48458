/** The signatures of a file with the places of their bytes (ISO 32000-1, 12.7.4.5 and 12.8.1). */
import { type Bytes, hex, join, latin1, same, utf8 } from "../bytes"
import type { PdfDocument } from "../pdf/document"
import {
  DamagedPdf,
  type Dictionary,
  isDictionary,
  isList,
  isName,
  PdfString,
  Reference,
  type Value,
  wholeNumber,
} from "../pdf/objects"
import { readElement } from "../signature/der"
import { readSignedData, type SignedData } from "../signature/signed-data"

export interface PdfSignature {
  readonly field: string
  readonly reference: Reference
  readonly dictionary: Dictionary
  readonly isTimeStamp: boolean
  readonly range: readonly number[]
  /** The whole value with its padding. */
  readonly contents: Bytes
  /** The DER value without padding. */
  readonly value: Bytes
  readonly data: SignedData
}

const MAX_FIELDS = 1000

/** In the order in which they were made. */
export async function readSignatures(document: PdfDocument): Promise<PdfSignature[]> {
  const form = await document.resolve((await document.catalog()).get("AcroForm"))
  const found: PdfSignature[] = []
  if (!isDictionary(form)) return found
  for (const { name, dictionary } of await readFields(document, form.get("Fields"))) {
    const value = dictionary.get("V")
    if (isName(dictionary.get("FT"), "Sig") && value instanceof Reference) {
      found.push(await readSignature(document, name, value))
    }
  }
  return found.sort((one, other) => endOf(one) - endOf(other))
}

export interface Field {
  readonly name: string
  readonly dictionary: Dictionary
}

/** All fields of the form (12.7.3). They are counted: a form may run in circles. `list` is its `Fields`. */
export async function readFields(document: PdfDocument, list: Value | undefined): Promise<Field[]> {
  const found: Field[] = []
  const waiting: [Value | undefined, string][] = [[list, ""]]
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const references = await document.resolve(next[0])
    for (const reference of isList(references) ? references : []) {
      if (found.length === MAX_FIELDS) throw new DamagedPdf("too many fields")
      const dictionary = await document.dictionary(reference)
      const own = dictionary.get("T")
      const name = own instanceof PdfString ? [next[1], own.text].filter(Boolean).join(".") : next[1]
      found.push({ name, dictionary })
      waiting.push([dictionary.get("Kids"), name])
    }
  }
  return found
}

async function readSignature(
  document: PdfDocument,
  field: string,
  reference: Reference,
): Promise<PdfSignature> {
  const dictionary = await document.dictionary(reference)
  const contents = dictionary.get("Contents")
  const range = dictionary.get("ByteRange")
  if (!(contents instanceof PdfString) || !isList(range)) throw new DamagedPdf("a signature is damaged")
  const value = readElement(contents.bytes).bytes
  return {
    field,
    reference,
    dictionary,
    isTimeStamp: isName(dictionary.get("Type"), "DocTimeStamp"),
    range: range.map(wholeNumber),
    contents: contents.bytes,
    value,
    data: readSignedData(value),
  }
}

/** Where the signature says that what it covers ends. */
export function endOf({ range }: PdfSignature): number {
  return (range[2] ?? 0) + (range[3] ?? 0)
}

/** What the signature covers, as one sequence of bytes. */
export function coveredBytes(pdf: Bytes, { range }: PdfSignature): Bytes {
  const parts: Bytes[] = []
  for (let i = 0; i + 1 < range.length; i += 2) {
    const start = range[i] ?? 0
    parts.push(pdf.subarray(start, start + (range[i + 1] ?? 0)))
  }
  return join(...parts)
}

/**
 * The offset behind the last covered byte; undefined if anything before it but the signature's own value is
 * uncovered, or if that value is written in an unusual way. `anyCase`: small letters are usual too.
 */
export function coveredUntil(
  pdf: Bytes,
  signature: PdfSignature,
  { anyCase = false } = {},
): number | undefined {
  const [start, gap = 0, resume = 0, length = 0, ...more] = signature.range
  if (signature.range.length !== 4 || start !== 0 || more.length || resume + length > pdf.length)
    return undefined
  const written = utf8(`<${hex(signature.contents).toUpperCase()}>`)
  const padding = signature.contents.subarray(signature.value.length)
  const value = pdf.subarray(gap, resume)
  const there = anyCase ? utf8(latin1(value).toUpperCase()) : value
  const regular = same(there, written) && padding.every((byte) => byte === 0)
  return regular ? resume + length : undefined
}
