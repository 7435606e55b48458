/**
 * How large the parts of a stranger's file may be, found out before anything walks through them: the same limits as
 * in `server/documents/reading/bounds.py`, so that no file is too large for one verifier only.
 */
import type { PdfDocument } from "./document"
import {
  DamagedPdf,
  type Dictionary,
  isDictionary,
  isList,
  PdfString,
  Reference,
  Stream,
  type Value,
} from "./objects"

const MAX_FIELDS = 1_000
const MAX_PAGES = 5_000
/** Certificates, revocation lists and answers, with all references to them. */
const MAX_VALIDATION_DATA = 1_000
/** Seal and time stamps; one a year. */
const MAX_SIGNATURES = 100
/** Bytes of one CMS value; ours has 16 KiB. */
const MAX_ENVELOPE = 256 * 1024
const MAX_DEPTH = 20
const LISTS = ["Certs", "CRLs", "OCSPs", "Cert", "CRL", "OCSP"]

/** Throws for a tree that is too large or runs in circles. */
export async function ensureBoundedTrees(document: PdfDocument): Promise<void> {
  const root = await document.catalog()
  await walkPages(document, root.get("Pages") ?? new Map())
  await ensureForm(document, await member(document, root, "AcroForm"))
  await ensureValidationData(document, await member(document, root, "DSS"))
}

/** What is no page among them is found by the rule for later revisions, and by who makes the pages again. */
async function walkPages(document: PdfDocument, top: Value): Promise<void> {
  const kinds = async (node: Value) => isDictionary(await readable(document, node))
  await walk(document, [top], MAX_PAGES, kinds)
}

/** All nodes of a tree by `Kids`, none twice; those that `wanted` does not want are passed over. */
async function walk(
  document: PdfDocument,
  top: readonly Value[],
  limit: number,
  wanted: (node: Value) => Promise<boolean> = async () => true,
): Promise<Dictionary[]> {
  const seen = new Set<number>()
  const found: Dictionary[] = []
  let waiting = top
  for (let depth = 0; waiting.length; depth++) {
    if (depth > MAX_DEPTH) throw new DamagedPdf("a tree of too many levels")
    const below: Value[] = []
    for (const node of waiting) {
      if (!(await wanted(node))) continue
      ensureNew(node, seen)
      const dictionary = await document.dictionary(node)
      found.push(dictionary)
      if (found.length > limit) throw new DamagedPdf("a tree that is too large")
      below.push(...(await listOf(document, dictionary, "Kids", limit - found.length)))
    }
    waiting = below
  }
  return found
}

function ensureNew(node: Value, seen: Set<number>): void {
  if (!(node instanceof Reference)) return
  if (seen.has(node.number)) throw new DamagedPdf("a tree that runs in circles")
  seen.add(node.number)
}

async function ensureForm(document: PdfDocument, form: Dictionary): Promise<void> {
  const fields = await walk(document, await listOf(document, form, "Fields", MAX_FIELDS), MAX_FIELDS)
  let signatures = 0
  for (const field of fields) {
    const value = await readable(document, field.get("V"))
    if (!isDictionary(value)) continue
    signatures++
    const contents = await document.resolve(value.get("Contents"))
    if (contents instanceof PdfString && contents.bytes.length > MAX_ENVELOPE)
      throw new DamagedPdf("a signature that is too large")
  }
  if (signatures > MAX_SIGNATURES) throw new DamagedPdf("too many signatures")
}

/** The document security store (ETSI EN 319 142-1, 5.4.2.2). */
async function ensureValidationData(document: PdfDocument, store: Dictionary): Promise<void> {
  const related = [...(await member(document, store, "VRI")).values()]
  if (related.length > MAX_SIGNATURES) throw new DamagedPdf("too many signatures with validation data")
  const holders = [store]
  for (const value of related) holders.push(await document.dictionary(value))
  let count = 0
  for (const holder of holders) {
    for (const key of LISTS) {
      const held = await listOf(document, holder, key, MAX_VALIDATION_DATA - count)
      count += held.length
      for (const value of held) {
        if (!((await document.resolve(value)) instanceof Stream))
          throw new DamagedPdf("something else among the validation data")
      }
    }
  }
}

/** Null for what is damaged: who needs it says so. */
async function readable(document: PdfDocument, value: Value | undefined): Promise<Value> {
  try {
    return await document.resolve(value)
  } catch {
    return null
  }
}

/** An empty dictionary where there is none. */
async function member(document: PdfDocument, owner: Dictionary, key: string): Promise<Dictionary> {
  const found = await document.resolve(owner.get(key))
  if (found === null) return new Map()
  if (!isDictionary(found)) throw new DamagedPdf("a dictionary is missing")
  return found
}

async function listOf(
  document: PdfDocument,
  owner: Dictionary,
  key: string,
  limit: number,
): Promise<readonly Value[]> {
  const found = await document.resolve(owner.get(key))
  if (found === null) return []
  if (!isList(found) || found.length > limit) throw new DamagedPdf("no list, or one that is too long")
  return found
}
