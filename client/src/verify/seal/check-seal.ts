/**
 * What the seal proves, in findings, from the file alone: the counterpart of `server/signing/seal/check/verification.py`
 * without trusted roots. Revocation and trust lists are not looked at here, and the findings say so.
 */
import type { Bytes } from "../bytes"
import { broken, type Finding, missing, proven } from "../findings"
import { PdfDocument } from "../pdf/document"
import { UnknownAlgorithm } from "../signature/algorithms"
import { coversContent, isValid, type SignedData } from "../signature/signed-data"
import { isWellFormed } from "../signature/well-formed"
import {
  certifies,
  hasRegularEnvelope,
  hasRegularToken,
  hasSoundCertificates,
  strayCertificates,
} from "./envelope"
import { isOnlyExtended } from "./later-revisions"
import { isPlain } from "./plain-revisions"
import { coveredBytes, coveredUntil, endOf, type PdfSignature, readSignatures } from "./signatures"
import { archiveFindings, levelFinding, signatureStamp, timeFinding, trustFinding } from "./trust"

/** Nothing else is said of such a seal: what one program finds there, another one may not. */
const NOT_PLAIN = "The file is written so that programs can show different things: not as ours are."

/** Never throws: what cannot be read is a broken finding. */
export async function checkSeal(pdf: Bytes, now: Date): Promise<Finding[]> {
  try {
    return await check(pdf, now)
  } catch (error) {
    if (error instanceof UnknownAlgorithm) {
      return [missing("seal.intact", "This browser cannot check the kind of signature that the seal has.")]
    }
    const what = error instanceof Error ? error.message : "unknown error"
    return [broken("seal.readable", `The seal is damaged and cannot be read (${what}).`)]
  }
}

async function check(pdf: Bytes, now: Date): Promise<Finding[]> {
  if (!(await isPlain(pdf))) return [broken("seal.unchanged", NOT_PLAIN)]
  const document = await PdfDocument.open(pdf)
  const signatures = await readSignatures(document)
  const [seal, ...others] = signatures.filter((signature) => !signature.isTimeStamp)
  if (!seal) return [missing("seal.present", "The file carries no seal.")]
  const archives = signatures.filter((signature) => signature.isTimeStamp)
  return [
    await coverage(pdf, signatures, tokens(seal, archives)),
    await intact(pdf, seal),
    await forbids(document, seal),
    await unchanged(pdf, document, seal),
    alone(others),
    trustFinding(seal.data),
    await timeFinding(seal),
    ...(await archiveFindings(pdf, seal, archives, now)),
    levelFinding(seal, archives, now),
  ]
}

/** Each signature and time stamp covers everything before it, and the newest the whole file. */
async function coverage(
  pdf: Bytes,
  signatures: readonly PdfSignature[],
  stamps: readonly SignedData[],
): Promise<Finding> {
  const ends = signatures.map((signature) => coveredUntil(pdf, signature))
  if (ends.includes(undefined)) {
    return broken("seal.coverage", "Bytes in the middle of the file are covered by no signature.")
  }
  if (Math.max(...ends.map((end) => end ?? 0)) !== pdf.length) {
    return broken("seal.coverage", "Bytes at the end of the file are covered by no signature.")
  }
  if (!signatures.every(({ isTimeStamp, value }) => !isTimeStamp || isWellFormed(value))) {
    return broken("seal.coverage", "The envelope of a time stamp is damaged.")
  }
  for (const stamp of stamps) {
    if (!hasRegularToken(stamp)) return broken("seal.coverage", "The envelope of a time stamp is damaged.")
    if (!(await hasSoundCertificates(stamp)))
      return broken("seal.coverage", "A certificate inside a time stamp is damaged.")
  }
  return proven("seal.coverage", "Seal and time stamps cover every byte of the file.")
}

/** All time stamps of the file: the one on the seal, and those over the whole file. */
function tokens(seal: PdfSignature, archives: readonly PdfSignature[]): SignedData[] {
  const stamp = signatureStamp(seal)
  return [...(stamp ? [stamp.data] : []), ...archives.map(({ data }) => data)]
}

async function intact(pdf: Bytes, seal: PdfSignature): Promise<Finding> {
  if (!(await coversContent(seal.data, coveredBytes(pdf, seal)))) {
    return broken("seal.intact", "The sealed bytes were changed after the seal.")
  }
  if (!(await isValid(seal.data))) return broken("seal.intact", "The signature of the seal is wrong.")
  if (!hasRegularEnvelope(seal)) return broken("seal.intact", "The envelope of the signature is damaged.")
  if ((await strayCertificates(seal.data)).length) {
    return broken("seal.intact", "A certificate inside the seal is damaged.")
  }
  return proven("seal.intact", "The text, the names and all attachments are as they were sealed.")
}

async function forbids(document: PdfDocument, seal: PdfSignature): Promise<Finding> {
  if (await certifies(document, seal)) {
    return proven("seal.certifies", "The seal forbids every later change of the content.")
  }
  return broken("seal.certifies", "The seal does not forbid later changes, as ours does.")
}

async function unchanged(pdf: Bytes, document: PdfDocument, seal: PdfSignature): Promise<Finding> {
  const end = endOf(seal)
  if (end === pdf.length) return proven("seal.unchanged", "Nothing was added after the seal.")
  if (await isOnlyExtended(pdf, end, document)) {
    return proven("seal.unchanged", "Nothing but time stamps and validation data was added after the seal.")
  }
  return broken("seal.unchanged", "The document was changed after the seal by a later revision.")
}

function alone(others: readonly PdfSignature[]): Finding {
  if (!others.length) return proven("seal.alone", "The seal is the only signature in the file.")
  const names = others.map((other) => other.field).join(", ")
  return broken("seal.alone", `The file carries further signatures: ${names}.`)
}
