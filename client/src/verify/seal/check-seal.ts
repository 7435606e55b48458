/**
 * What the seal proves, in findings, from the file alone: the counterpart of `server/signing/seal/check/verification.py`
 * without trusted roots. Revocation and trust lists are not looked at here, and the findings say so.
 */
import type { Bytes } from "../bytes"
import { broken, type Finding, missing, proven, type SealFacts } from "../findings"
import { PdfDocument } from "../pdf/document"
import { UnknownAlgorithm } from "../signature/algorithms"
import { coversContent } from "../signature/signed-data"
import { certifies } from "./envelope"
import { isOnlyExtended } from "./later-revisions"
import { isPlain } from "./plain-revisions"
import { factsOf } from "./seal-facts"
import { coveredBytes, coveredUntil, endOf, type PdfSignature, readSignatures } from "./signatures"
import { ensureSoundValues } from "./sound-values"
import { archiveFindings, levelFinding, timeFinding, trustFinding } from "./trust"

/** Nothing else is said of such a seal: what one program finds there, another one may not. */
const NOT_PLAIN = "The file is written so that programs can show different things: not as ours are."

/** `facts`: what the seal says of itself; null where it cannot be read. */
export interface SealCheck {
  readonly findings: readonly Finding[]
  readonly facts: SealFacts | null
}

/** Never throws: what cannot be read is a broken finding. */
export async function checkSeal(pdf: Bytes, now: Date): Promise<SealCheck> {
  try {
    return await check(pdf, now)
  } catch (error) {
    if (error instanceof UnknownAlgorithm) {
      const detail = "This browser cannot check the kind of signature that the seal has."
      return alone(missing("seal.intact", detail))
    }
    const what = error instanceof Error ? error.message : "unknown error"
    return alone(broken("seal.readable", `The seal is damaged and cannot be read (${what}).`))
  }
}

/** Nothing else is said. */
function alone(finding: Finding): SealCheck {
  return { findings: [finding], facts: null }
}

async function check(pdf: Bytes, now: Date): Promise<SealCheck> {
  if (!(await isPlain(pdf))) return alone(broken("seal.unchanged", NOT_PLAIN))
  const document = await PdfDocument.open(pdf)
  const signatures = await readSignatures(document)
  const [seal, ...others] = signatures.filter((signature) => !signature.isTimeStamp)
  if (!seal) return alone(missing("seal.present", "The file carries no seal."))
  const archives = signatures.filter((signature) => signature.isTimeStamp)
  await ensureSoundValues(seal, archives)
  const findings = [
    coverage(pdf, signatures),
    await intact(pdf, seal),
    await forbids(document, seal),
    await unchanged(pdf, document, seal),
    only(others),
    trustFinding(seal.data),
    await timeFinding(seal),
    ...(await archiveFindings(pdf, seal, archives, now)),
    levelFinding(seal, archives, now),
  ]
  return { findings, facts: await factsOf(seal) }
}

/** Each signature and time stamp covers everything before it, and the newest the whole file. */
function coverage(pdf: Bytes, signatures: readonly PdfSignature[]): Finding {
  const ends = signatures.map((signature) => coveredUntil(pdf, signature))
  if (ends.includes(undefined)) {
    return broken("seal.coverage", "Bytes in the middle of the file are covered by no signature.")
  }
  if (Math.max(...ends.map((end) => end ?? 0)) !== pdf.length) {
    return broken("seal.coverage", "Bytes at the end of the file are covered by no signature.")
  }
  return proven("seal.coverage", "Seal and time stamps cover every byte of the file.")
}

async function intact(pdf: Bytes, seal: PdfSignature): Promise<Finding> {
  if (!(await coversContent(seal.data, coveredBytes(pdf, seal)))) {
    return broken("seal.intact", "The sealed bytes were changed after the seal.")
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

function only(others: readonly PdfSignature[]): Finding {
  if (!others.length) return proven("seal.alone", "The seal is the only signature in the file.")
  const names = others.map((other) => other.field).join(", ")
  return broken("seal.alone", `The file carries further signatures: ${names}.`)
}
