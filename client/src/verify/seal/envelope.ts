/** The parts of a seal that its signature does not cover; damage there harms nobody, but it shows. */
import { same } from "../bytes"
import type { PdfDocument } from "../pdf/document"
import { isDictionary, isList, isName, isSame, wholeNumber } from "../pdf/objects"
import { isIssuedBy } from "../signature/certificate"
import type { SignedData } from "../signature/signed-data"
import { isWellFormed } from "../signature/well-formed"
import type { PdfSignature } from "./signatures"

const STRICTEST = [1, 2] // no changes; nothing but forms and signatures (ISO 32000-1, table 254)

export function hasRegularEnvelope({ data, value }: PdfSignature): boolean {
  const [algorithm, ...more] = data.digestAlgorithms
  if (!algorithm || more.length || data.version !== 1 || data.signerVersion !== 1) return false
  return same(algorithm.bytes, data.digestAlgorithm.bytes) && isWellFormed(value)
}

/** An embedded certificate that no embedded one has issued. */
export async function hasStrayCertificate({ certificates }: SignedData): Promise<boolean> {
  for (const certificate of certificates.slice(1)) {
    const issued = await Promise.all(certificates.map((issuer) => isIssuedBy(certificate, issuer)))
    if (!issued.includes(true)) return true
  }
  return false
}

/** The catalogue names this very signature as the one that forbids changes (12.8.2.2). */
export async function certifies(document: PdfDocument, seal: PdfSignature): Promise<boolean> {
  const permissions = await document.resolve((await document.catalog()).get("Perms"))
  if (!isDictionary(permissions) || !isSame(permissions.get("DocMDP"), seal.reference)) return false
  const list = await document.resolve(seal.dictionary.get("Reference"))
  for (const item of isList(list) ? list : []) {
    const reference = await document.dictionary(item)
    if (!isName(reference.get("TransformMethod"), "DocMDP")) continue
    const parameters = await document.dictionary(reference.get("TransformParams"))
    return STRICTEST.includes(wholeNumber(parameters.get("P") ?? 2))
  }
  return false
}
