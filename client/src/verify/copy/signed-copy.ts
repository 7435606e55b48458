/**
 * A copy that its signatory signed with a certificate of their own: the counterpart of
 * `server/signing/evidence/signed_copy.py`. It begins with our bytes; behind them there is nothing but the signature.
 */
import { TEXT_NAME } from "../attachment-names"
import { type Bytes, latin1 } from "../bytes"
import { ensure } from "../canonical"
import { readAttachments } from "../pdf/attachments"
import { PdfDocument } from "../pdf/document"
import { coveredBytes, coveredUntil, type PdfSignature, readFields, readSignatures } from "../seal/signatures"
import { holder, knownAs, personalNames } from "../signature/certificate"
import { coversContent, isValid } from "../signature/signed-data"
import { isOnlySigned } from "./only-signed"

const FIELD = "Unterschrift"
const END = "\n%%EOF\n"
const MAX_BYTES = 4 * 1024 * 1024
const STATEMENT_NAME = "aussage.json"

export interface SignedCopy {
  readonly text: Bytes
  readonly statement: Bytes
  /** Whom the certificate names, as people know them. */
  readonly subject: string
  readonly issuer: string
  /** All personal names in the certificate. */
  readonly names: string
}

/** `base` is the length of what was handed out. Throws unless the copy bears one signature that is right. */
export async function readSignedCopy(pdf: Bytes, base: number): Promise<SignedCopy> {
  ensure(base > 0 && base < pdf.length && pdf.length <= MAX_BYTES, "The copy bears no signature.")
  ensure(
    latin1(pdf.slice(Math.max(0, base - END.length), base)) === END,
    "What was handed out ends elsewhere.",
  )
  const before = await PdfDocument.open(pdf.slice(0, base))
  const after = await PdfDocument.open(pdf)
  const attached = await readAttachments(before)
  const [text, statement] = [attached.get(TEXT_NAME), attached.get(STATEMENT_NAME)]
  ensure(text !== undefined && statement !== undefined, "The copy carries no text or no statement.")
  const [signature, ...more] = await readSignatures(after)
  ensure(signature !== undefined && !more.length, "The copy does not bear one signature.")
  await ensureFieldFilled(before, after, signature)
  await ensureSigned(pdf, signature)
  const [own] = signature.data.certificates
  ensure(own !== undefined, "The certificate is missing.")
  return { text, statement, subject: holder(own), issuer: knownAs(own.issuer), names: personalNames(own) }
}

async function ensureFieldFilled(
  before: PdfDocument,
  after: PdfDocument,
  signature: PdfSignature,
): Promise<void> {
  const form = await before.dictionary((await before.catalog()).get("AcroForm"))
  const [field, ...more] = await readFields(before, form.get("Fields"))
  ensure(field?.name === FIELD && !more.length, "The copy has other fields.")
  ensure(signature.field === FIELD && !signature.isTimeStamp, "The copy bears another signature.")
  const unchanged = await isOnlySigned({ before, after }, field.dictionary)
  ensure(unchanged, "More than the signature field was changed in the copy.")
}

async function ensureSigned(pdf: Bytes, signature: PdfSignature): Promise<void> {
  const covered = coveredUntil(pdf, signature, { anyCase: true })
  ensure(covered === pdf.length, "The signature does not cover the whole copy.")
  const isIntact = await coversContent(signature.data, coveredBytes(pdf, signature))
  ensure(isIntact, "The copy was changed after it was signed.")
  ensure(await isValid(signature.data), "The signature on the copy is wrong.")
}
