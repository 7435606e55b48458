/**
 * What later revisions of a sealed file changed. Allowed is what keeps a seal alive: validation data (DSS),
 * further signatures in fields made for them, and the widgets of such fields (ISO 32000-2, 12.8.4; ETSI EN
 * 319 142-1, 5.5). Everything else is a change of the document.
 */
import type { Bytes } from "../bytes"
import type { Place } from "../pdf/cross-references"
import { PdfDocument } from "../pdf/document"
import {
  type Dictionary,
  isDictionary,
  isList,
  isName,
  isSame,
  Reference,
  type Value,
  wholeNumber,
} from "../pdf/objects"

/** `end` is the offset behind the last byte that the seal covers. */
export async function isOnlyExtended(pdf: Bytes, end: number, whole: PdfDocument): Promise<boolean> {
  const sealed = await PdfDocument.open(pdf.subarray(0, end))
  const before = sealed.sections.map((section) => section.offset)
  const after = whole.sections.map((section) => section.offset)
  if (after.slice(after.length - before.length).join() !== before.join()) return false
  if (!isSame(sealed.trailer.get("Root"), whole.trailer.get("Root"))) return false
  const free = wholeNumber(sealed.trailer.get("Size"))
  const validation = await validationObjects(sealed)
  for (const [number, place] of changedPlaces(sealed, whole)) {
    if (number >= free) continue
    if (!sealed.inUse.has(number) || place === undefined) return false
    if (validation.has(number)) continue
    const reference = new Reference(number, 0)
    if (!(await isAllowed(sealed, whole, reference))) return false
  }
  return true
}

/** The objects that a later revision moved: numbers, with their places then; none for one that was freed. */
export function changedPlaces(sealed: PdfDocument, whole: PdfDocument): [number, Place | undefined][] {
  const [before, after] = [sealed.inUse, whole.inUse]
  const numbers = new Set([...before.keys(), ...after.keys()])
  return [...numbers]
    .filter((number) => JSON.stringify(before.get(number)) !== JSON.stringify(after.get(number)))
    .map((number) => [number, after.get(number)])
}

/** The DSS dictionary of the sealed revision and its lists, where there is one already. */
async function validationObjects(sealed: PdfDocument): Promise<ReadonlySet<number>> {
  const numbers = new Set<number>()
  const dss = (await sealed.catalog()).get("DSS")
  if (!(dss instanceof Reference)) return numbers
  numbers.add(dss.number)
  for (const member of (await sealed.dictionary(dss)).values()) {
    if (member instanceof Reference) numbers.add(member.number)
  }
  return numbers
}

async function isAllowed(sealed: PdfDocument, whole: PdfDocument, reference: Reference): Promise<boolean> {
  const [one, other] = [await sealed.resolve(reference), await whole.resolve(reference)]
  if (isSame(one, other)) return true
  if (isList(one) && isList(other)) return isGrown(whole, one, other)
  if (!isDictionary(one) || !isDictionary(other)) return false
  if (isName(one.get("Type"), "Catalog")) return isCatalogKept(whole, one, other)
  if (isName(one.get("FT"), "Sig")) return isFieldFilled(whole, one, other)
  if (isList(one.get("Fields"))) return isFormKept(whole, one, other)
  if (isName(one.get("Type"), "Page")) return isPageKept(whole, one, other)
  return false
}

async function isCatalogKept(whole: PdfDocument, one: Dictionary, other: Dictionary): Promise<boolean> {
  if (!isSameBut(one, other, ["DSS", "Extensions", "AcroForm"])) return false
  const [form, later] = [one.get("AcroForm"), other.get("AcroForm")]
  return isSame(form, later) || (isDictionary(form) && isDictionary(later) && isFormKept(whole, form, later))
}

function isFormKept(whole: PdfDocument, one: Dictionary, other: Dictionary): Promise<boolean> {
  return grows(whole, one, other, "Fields", ["SigFlags"])
}

function isPageKept(whole: PdfDocument, one: Dictionary, other: Dictionary): Promise<boolean> {
  return grows(whole, one, other, "Annots", [])
}

async function grows(
  whole: PdfDocument,
  one: Dictionary,
  other: Dictionary,
  key: string,
  free: string[],
): Promise<boolean> {
  if (!isSameBut(one, other, [key, ...free])) return false
  const [before, after] = [one.get(key), other.get(key)]
  return isSame(before, after) || (isList(before) && isList(after) && isGrown(whole, before, after))
}

/** The same list with further invisible fields of time stamps behind it. */
async function isGrown(whole: PdfDocument, one: readonly Value[], other: readonly Value[]): Promise<boolean> {
  if (!one.every((item, i) => isSame(item, other[i]))) return false
  for (const added of other.slice(one.length)) {
    const field = await whole.resolve(added)
    if (!isDictionary(field) || !(await isStampField(whole, field)) || !isInvisible(field)) return false
  }
  return true
}

async function isFieldFilled(whole: PdfDocument, one: Dictionary, other: Dictionary): Promise<boolean> {
  if (one.has("V") || !isInvisible(other) || !isSameBut(one, other, ["V", "F", "AP"])) return false
  return isStampField(whole, other)
}

async function isStampField(whole: PdfDocument, field: Dictionary): Promise<boolean> {
  if (!isName(field.get("FT"), "Sig")) return false
  const value = await whole.resolve(field.get("V"))
  return isDictionary(value) && isName(value.get("Type"), "DocTimeStamp")
}

function isInvisible(field: Dictionary): boolean {
  const box = field.get("Rect")
  if (!isList(box)) return false
  return isSame(box[0] ?? 0, box[2] ?? 0) && isSame(box[1] ?? 0, box[3] ?? 0)
}

/** Equal in every member but the free ones. */
export function isSameBut(one: Dictionary, other: Dictionary, free: readonly string[]): boolean {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].every((key) => free.includes(key) || isSame(one.get(key), other.get(key)))
}
