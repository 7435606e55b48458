/**
 * Did whoever signed a copy change nothing but the signature field? One revision stands behind the bytes that
 * were handed out. It may fill the field, and say what signing software says of itself: metadata, extensions,
 * validation data, default appearances of forms. As strict as the server's reader, object by object.
 */
import type { Place } from "../pdf/cross-references"
import type { PdfDocument } from "../pdf/document"
import { type Dictionary, isDictionary, isName, isSame, Reference, Stream, wholeNumber } from "../pdf/objects"
import { isSameBut } from "../seal/later-revisions"

const CATALOG_MAY = ["AcroForm", "DSS", "Extensions", "MarkInfo", "Metadata", "Version"]
const FORM_MAY = ["DA", "DR", "NeedAppearances", "Q"]
const FIELD_MAY = ["AP", "AS", "DA", "F", "Ff", "Q", "Type", "V"]

export interface Versions {
  readonly before: PdfDocument
  readonly after: PdfDocument
}

export async function isOnlySigned(versions: Versions, field: Dictionary): Promise<boolean> {
  const { before, after } = versions
  const [first, ...rest] = before.sections
  const [, base, ...more] = after.sections
  if (!first || rest.length || more.length || base?.offset !== first.offset) return false
  if (!isSame(before.trailer.get("Root"), after.trailer.get("Root"))) return false
  const free = wholeNumber(before.trailer.get("Size"))
  for (const [number, place] of changedPlaces(before, after)) {
    if (number >= free) continue
    if (!before.inUse.has(number) || place === undefined) return false
    if (!(await isAllowed(versions, new Reference(number, 0), field))) return false
  }
  return true
}

/** The objects that a later revision moved: numbers, with their places then; none for one that was freed. */
function changedPlaces(sealed: PdfDocument, whole: PdfDocument): [number, Place | undefined][] {
  const [before, after] = [sealed.inUse, whole.inUse]
  const numbers = new Set([...before.keys(), ...after.keys()])
  return [...numbers]
    .filter((number) => JSON.stringify(before.get(number)) !== JSON.stringify(after.get(number)))
    .map((number) => [number, after.get(number)])
}

async function isAllowed(
  { before, after }: Versions,
  reference: Reference,
  field: Dictionary,
): Promise<boolean> {
  const [one, other] = [await before.resolve(reference), await after.resolve(reference)]
  if (isSame(one, other)) return true
  const catalog = await before.catalog()
  if (isSame(reference, catalog.get("Metadata"))) return other instanceof Stream
  if (isSame(reference, await appearance(before, field))) return other instanceof Stream
  if (!isDictionary(one) || !isDictionary(other)) return false
  if (isSame(reference, before.trailer.get("Info"))) return true
  if (isName(one.get("Type"), "Catalog")) return isCatalogKept({ before, after }, one, other)
  if (isSame(reference, catalog.get("AcroForm"))) return isSameBut(one, other, FORM_MAY)
  return isSame(one.get("T"), field.get("T")) && isFilled(one, other)
}

async function isCatalogKept(
  { before, after }: Versions,
  one: Dictionary,
  other: Dictionary,
): Promise<boolean> {
  if (!isSameBut(one, other, CATALOG_MAY)) return false
  const form = await before.dictionary(one.get("AcroForm"))
  return isSameBut(form, await after.dictionary(other.get("AcroForm")), FORM_MAY)
}

function isFilled(one: Dictionary, other: Dictionary): boolean {
  const type = other.get("Type")
  const isWidget = type === undefined ? !one.has("Type") : isName(type, "Annot")
  return !one.has("V") && other.has("V") && isWidget && isSameBut(one, other, FIELD_MAY)
}

/** The reference to the empty field's picture. */
async function appearance(before: PdfDocument, field: Dictionary): Promise<Reference | undefined> {
  const pictures = await before.resolve(field.get("AP"))
  const normal = isDictionary(pictures) ? pictures.get("N") : undefined
  return normal instanceof Reference ? normal : undefined
}
