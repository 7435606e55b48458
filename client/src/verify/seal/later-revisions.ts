/**
 * What may follow the seal in a file, by a list of what may be; everything else is a change of the document.
 *
 * A later revision may fill a spare field of the sealed revision with a document time stamp, add validation data
 * (DSS), and add bare fields for further time stamps (EN 319 142-1, 5.5; ISO 32000-2, 12.8.4). Every other object
 * stays equal. `server/signing/seal/check/later_revisions.py` follows the same list.
 */
import type { Bytes } from "../bytes"
import { PdfDocument } from "../pdf/document"
import {
  type Dictionary,
  isDictionary,
  isList,
  isName,
  isSame,
  PdfString,
  Reference,
  Stream,
  type Value,
  wholeNumber,
} from "../pdf/objects"

const STAMP = ["Type", "Filter", "SubFilter", "Contents", "ByteRange"]
const BARE_FIELD = ["FT", "T", "TU", "Type", "Subtype", "F", "Rect", "P", "V"]
const STORE = ["Type", "Certs", "OCSPs", "CRLs", "VRI"]
const RELATED = ["Type", "Cert", "OCSP", "CRL", "TU", "TS"]
const STREAM = ["Length", "Filter"]
/** Flags of a field's widget: print and locked (ISO 32000-2, table 167). */
const INVISIBLE = 132
const MAX_PAGES = 10_000

/** A later revision does what none may. */
class ChangedAfterSeal extends Error {}

/** `end` is the offset behind the last byte that the seal covers. */
export async function isOnlyExtended(pdf: Bytes, end: number, whole: PdfDocument): Promise<boolean> {
  const sealed = await PdfDocument.open(pdf.subarray(0, end))
  const before = sealed.sections.map((section) => section.offset)
  const after = whole.sections.map((section) => section.offset)
  if (after.slice(after.length - before.length).join() !== before.join()) return false
  try {
    await new LaterRevisions(sealed, whole).check()
    return true
  } catch (error) {
    if (error instanceof ChangedAfterSeal) return false
    throw error
  }
}

class LaterRevisions {
  private readonly touched: ReadonlySet<number>
  private readonly explained = new Set<number>()
  /** The page on which each says it lies. */
  private readonly newFields = new Map<number, number>()
  /** Validation data of the sealed revision. */
  private readonly stored = new Set<number>()
  private readonly size: number

  constructor(
    private readonly sealed: PdfDocument,
    private readonly whole: PdfDocument,
  ) {
    this.touched = touchedNumbers(sealed, whole)
    this.size = wholeNumber(sealed.trailer.get("Size"))
  }

  async check(): Promise<void> {
    for (const key of ["Root", "Info", "Encrypt"]) {
      ensure(isSame(this.sealed.trailer.get(key), this.whole.trailer.get(key)))
    }
    for (const number of this.sealed.inUse.keys()) ensure(this.whole.inUse.has(number))
    await this.catalog()
    await this.pages()
    for (const number of this.touched) {
      if (!this.explained.has(number)) ensure(await this.isUnchanged(number))
    }
  }

  private async catalog(): Promise<void> {
    const [one, other] = [await this.sealed.catalog(), await this.whole.catalog()]
    ensure(isSameBut(one, other, ["DSS", "AcroForm"]))
    this.explain(this.sealed.trailer.get("Root"))
    await this.store(one.get("DSS"), other.get("DSS"))
    await this.form(one.get("AcroForm"), other.get("AcroForm"))
  }

  // Fields

  private async form(one: Value | undefined, other: Value | undefined): Promise<void> {
    ensureSamePlace(one, other)
    const before = dictionary(await this.sealed.resolve(one))
    const after = dictionary(await this.whole.resolve(other))
    this.explain(other)
    ensure(isSameBut(before, after, ["Fields", "SigFlags"]))
    const flags = after.get("SigFlags") ?? 0
    ensure(flags === (before.get("SigFlags") ?? 0) || flags === 3)
    const { kept, added } = await this.grown(before.get("Fields"), after.get("Fields"))
    for (const field of kept) if (this.touched.has(field.number)) await this.filled(field)
    for (const field of added) await this.bareField(field)
  }

  /** A spare field of the sealed revision that bears a time stamp now, and is otherwise as it was. */
  private async filled(field: Reference): Promise<void> {
    const one = dictionary(await this.sealed.resolve(field))
    const other = dictionary(await this.whole.resolve(field))
    if (isSame(one, other)) return
    ensure(!one.has("V") && isName(one.get("FT"), "Sig") && isNowhere(one) && isSameBut(one, other, ["V"]))
    await this.stamp(other.get("V"))
    this.explained.add(field.number)
  }

  private async bareField(reference: Reference): Promise<void> {
    const field = dictionary(await this.added(reference))
    ensure(
      hasOnly(field, BARE_FIELD) &&
        isName(field.get("FT"), "Sig") &&
        isName(field.get("Subtype"), "Widget") &&
        (!field.has("Type") || isName(field.get("Type"), "Annot")) &&
        field.get("F") === INVISIBLE &&
        field.get("T") instanceof PdfString &&
        (!field.has("TU") || field.get("TU") instanceof PdfString) &&
        isNowhere(field),
    )
    const place = field.get("P")
    ensure(place instanceof Reference)
    await this.stamp(field.get("V"))
    this.newFields.set(reference.number, place.number)
  }

  private async stamp(value: Value | undefined): Promise<void> {
    const stamp = dictionary(await this.added(reference(value)))
    ensure(
      stamp.size === STAMP.length &&
        hasOnly(stamp, STAMP) &&
        isName(stamp.get("Type"), "DocTimeStamp") &&
        isName(stamp.get("SubFilter"), "ETSI.RFC3161"),
    )
  }

  // Validation data

  private async store(one: Value | undefined, other: Value | undefined): Promise<void> {
    if (one === undefined && other === undefined) return
    const after = await this.named(other, STORE)
    const before = one === undefined ? new Map() : dictionary(await this.sealed.resolve(one))
    for (const key of ["Certs", "OCSPs", "CRLs"]) await this.streams(before.get(key), after.get(key))
    await this.related(before.get("VRI"), after.get("VRI"))
  }

  /** What belongs to each signature, by its digest (EN 319 142-1, 5.4.3). */
  private async related(one: Value | undefined, other: Value | undefined): Promise<void> {
    if (other === undefined) return ensure(one === undefined)
    const before: Dictionary = one === undefined ? new Map() : dictionary(await this.sealed.resolve(one))
    const after = dictionary(await this.whole.resolve(other))
    this.explain(other)
    ensure([...before.keys()].every((key) => after.has(key)))
    for (const value of after.values()) {
      const entry = await this.named(value, RELATED)
      for (const kind of ["Cert", "OCSP", "CRL"]) await this.streams(undefined, entry.get(kind))
      if (entry.has("TS")) await this.stream(reference(entry.get("TS")))
    }
  }

  private async named(value: Value | undefined, keys: readonly string[]): Promise<Dictionary> {
    const found = dictionary(await this.whole.resolve(value))
    this.explain(value)
    ensure(hasOnly(found, keys))
    return found
  }

  private async streams(one: Value | undefined, other: Value | undefined): Promise<void> {
    const before = one === undefined ? [] : list(await this.sealed.resolve(one))
    const after = (other === undefined ? [] : list(await this.whole.resolve(other))).map(reference)
    this.explain(other)
    for (const value of before) this.stored.add(reference(value).number)
    for (const stream of after) await this.stream(stream)
    const numbers = new Set(after.map(({ number }) => number))
    ensure(before.every((value) => numbers.has(reference(value).number)))
  }

  private async stream(stream: Reference): Promise<void> {
    if (this.stored.has(stream.number)) return
    const found = await this.added(stream)
    ensure(found instanceof Stream && hasOnly(found.dictionary, STREAM))
  }

  // Pages and the rest

  /** A page may only list the fields that were added. */
  private async pages(): Promise<void> {
    for (const page of await pageReferences(this.sealed)) {
      const one = dictionary(await this.sealed.resolve(page))
      const other = dictionary(await this.whole.resolve(page))
      if (this.touched.has(page.number)) {
        ensure(isSameBut(one, other, ["Annots"]))
        this.explained.add(page.number)
      }
      const { added } = await this.grown(one.get("Annots"), other.get("Annots"))
      for (const { number } of added) {
        ensure(this.newFields.get(number) === page.number)
        this.newFields.delete(number)
      }
    }
    ensure(this.newFields.size === 0)
  }

  /** Equal to what was sealed, or a table or pack of objects, which is no part of the document. */
  private async isUnchanged(number: number): Promise<boolean> {
    const [one, other] = await Promise.all(
      [this.sealed, this.whole].map((state) => state.resolve(new Reference(number, 0))),
    )
    if (number < this.size) return isSame(one, other)
    if (!(other instanceof Stream)) return false
    const type = other.dictionary.get("Type")
    return isName(type, "XRef") || isName(type, "ObjStm")
  }

  // Parts

  /** References of a list that were there, and those added behind them. */
  private async grown(
    one: Value | undefined,
    other: Value | undefined,
  ): Promise<{ kept: Reference[]; added: Reference[] }> {
    if (one instanceof Reference) ensureSamePlace(one, other)
    const before = one === undefined ? [] : list(await this.sealed.resolve(one))
    const after = other === undefined ? [] : list(await this.whole.resolve(other))
    ensure(before.length <= after.length && before.every((value, i) => isSame(value, after[i])))
    this.explain(other)
    return { kept: before.map(reference), added: after.slice(before.length).map(reference) }
  }

  /** An object that the sealed revision does not have. It is explained with that. */
  private async added(found: Reference): Promise<Value> {
    ensure(found.number >= this.size && this.touched.has(found.number))
    this.explained.add(found.number)
    return this.whole.resolve(found)
  }

  private explain(value: Value | undefined): void {
    if (value instanceof Reference) this.explained.add(value.number)
  }
}

/** Numbers of all objects that later revisions write, moved or not. */
function touchedNumbers(sealed: PdfDocument, whole: PdfDocument): ReadonlySet<number> {
  const later = whole.sections.slice(0, whole.sections.length - sealed.sections.length)
  const numbers = later.flatMap(({ places }) => [...places])
  return new Set(numbers.filter(([, place]) => place.kind !== "free").map(([number]) => number))
}

/** All pages of the tree (7.7.3). */
async function pageReferences(document: PdfDocument): Promise<Reference[]> {
  const found: Reference[] = []
  const seen = new Set<number>()
  const waiting = [reference((await document.catalog()).get("Pages"))]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    ensure(!seen.has(next.number) && seen.size < MAX_PAGES)
    seen.add(next.number)
    const kids = dictionary(await document.resolve(next)).get("Kids")
    if (kids === undefined) found.push(next)
    else waiting.push(...list(await document.resolve(kids)).map(reference))
  }
  return found
}

function ensure(holds: boolean): asserts holds {
  if (!holds) throw new ChangedAfterSeal()
}

function ensureSamePlace(one: Value | undefined, other: Value | undefined): void {
  const references = [one, other].filter((value) => value instanceof Reference)
  ensure(references.length === 0 || isSame(one, other))
}

function dictionary(value: Value): Dictionary {
  ensure(isDictionary(value))
  return value
}

function list(value: Value): readonly Value[] {
  ensure(isList(value))
  return value
}

function reference(value: Value | undefined): Reference {
  ensure(value instanceof Reference)
  return value
}

/** Its widget has no extent, so nothing of it is painted. */
function isNowhere(field: Dictionary): boolean {
  const box = field.get("Rect")
  if (!isList(box) || box.length !== 4) return false
  const [left, bottom, right, top] = box
  return typeof left === "number" && left === right && typeof bottom === "number" && bottom === top
}

function hasOnly(found: Dictionary, keys: readonly string[]): boolean {
  return [...found.keys()].every((key) => keys.includes(key))
}

/** Equal in every member but the free ones. */
export function isSameBut(one: Dictionary, other: Dictionary, free: readonly string[]): boolean {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].every((key) => free.includes(key) || isSame(one.get(key), other.get(key)))
}
