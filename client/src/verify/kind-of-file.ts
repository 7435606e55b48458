/** What a file is, before anything is said about its content: no PDF, too large, somebody else's, or ours. */
import {
  ADDENDUM_NAME,
  ANNEX_NAME,
  EVIDENCE_NAME,
  HEAD_NAME,
  LOG_NAME,
  PLAIN_TEXT_NAME,
  STAMP_NAME,
  TEXT_NAME,
} from "./attachment-names"
import { type Bytes, latin1 } from "./bytes"
import { broken, type Finding, limited, missing } from "./findings"
import type { PdfDocument } from "./pdf/document"
import { isDictionary, PdfString } from "./pdf/objects"
import { readFields } from "./seal/signatures"

const MAX_MEGABYTES = 50
const SEAL_FIELD = "Siegel"
const MAX_MARK = 200
const OURS = [
  ADDENDUM_NAME,
  ANNEX_NAME,
  EVIDENCE_NAME,
  HEAD_NAME,
  LOG_NAME,
  PLAIN_TEXT_NAME,
  STAMP_NAME,
  TEXT_NAME,
]

/** Undefined for what begins like a PDF of a size that can be checked. */
export function refuseFile(data: Bytes): Finding | undefined {
  if (!data.length) return broken("file.empty", "The file is empty.")
  if (data.length > MAX_MEGABYTES * 1024 * 1024) return tooLarge()
  if (latin1(data.subarray(0, 5)) !== "%PDF-") {
    return broken("file.not_pdf", "The file is no PDF: it does not begin with %PDF-.")
  }
  return undefined
}

export function tooLarge(): Finding {
  return broken("file.too_large", `The file is larger than ${MAX_MEGABYTES} MB.`)
}

export function encrypted(): Finding {
  return broken("file.encrypted", "The file is encrypted, so that nothing in it can be checked.")
}

/** Nothing for what has at least one of our attachments or a field named like our seal's. Throws DamagedPdf. */
export async function refuseForeign(
  document: PdfDocument,
  attached: ReadonlyMap<string, Bytes>,
): Promise<Finding[]> {
  const sealed = await hasSealField(document)
  if (sealed || OURS.some((name) => attached.has(name))) return []
  const kind = missing(
    "document.kind",
    "The file is a PDF, but has neither our seal nor any of our attachments.",
  )
  const number = await copyOf(document)
  return number ? [limited("document.advance", `It calls itself the advance copy ${number}.`), kind] : [kind]
}

/** The number that a copy for newsrooms or a rehearsal says it carries; it proves nothing. */
async function copyOf(document: PdfDocument): Promise<string> {
  const info = await document.resolve(document.trailer.get("Info"))
  const mark = isDictionary(info) ? await document.resolve(info.get("KraftaktCopy")) : null
  return mark instanceof PdfString ? mark.text.slice(0, MAX_MARK) : ""
}

async function hasSealField(document: PdfDocument): Promise<boolean> {
  const form = await document.resolve((await document.catalog()).get("AcroForm"))
  const fields = isDictionary(form) ? await readFields(document, form.get("Fields")) : []
  return fields.some(({ name }) => name === SEAL_FIELD)
}
