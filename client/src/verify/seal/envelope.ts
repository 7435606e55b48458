/**
 * The parts of a CMS value that its own signature does not cover (RFC 5652, 5.1 and 5.3): versions, algorithms,
 * certificates beside the signer's, what is unsigned. Damage there harms nobody, but a changed byte is a changed
 * byte. The counterpart of `server/signing/seal/check/envelope.py`.
 */
import { same } from "../bytes"
import type { PdfDocument } from "../pdf/document"
import { isDictionary, isList, isName, isSame, wholeNumber } from "../pdf/objects"
import { isPlain } from "../signature/algorithms"
import { type Certificate, isIssuedBy } from "../signature/certificate"
import { Cursor, oid } from "../signature/der"
import type { SignedData } from "../signature/signed-data"
import { isWellFormed } from "../signature/well-formed"
import type { PdfSignature } from "./signatures"

const STAMP = "1.2.840.113549.1.9.16.2.14"
const STRICTEST = [1, 2] // no changes; nothing but forms and signatures (ISO 32000-1, table 254)

/** As our signer writes it. Unsigned is nothing but one time stamp. */
export function hasRegularEnvelope({ data, value }: PdfSignature): boolean {
  const [algorithm, ...more] = data.digestAlgorithms
  if (!algorithm || more.length || data.version !== 1 || data.signerVersion !== 1) return false
  const unsigned = [...data.unsignedAttributes]
  if (data.hasRevocations || unsigned.some(([type, { length }]) => type !== STAMP || length !== 1))
    return false
  return same(algorithm.bytes, data.digestAlgorithm.bytes) && isWellFormed(value)
}

/** As an authority writes it (RFC 3161, 2.4.2): version 3, and nothing unsigned but certificates. */
export function hasRegularToken(data: SignedData): boolean {
  const [algorithm, ...more] = data.digestAlgorithms
  if (!algorithm || more.length || data.version !== 3 || data.signerVersion !== 1) return false
  if (data.hasRevocations || data.unsignedAttributes.size) return false
  const [listed, used] = [algorithm, data.digestAlgorithm].map((each) => oid(new Cursor(each).next()))
  return isPlain(algorithm) && listed === used
}

/** Embedded certificates that no embedded one has issued. */
export async function strayCertificates({ certificates }: SignedData): Promise<Certificate[]> {
  const found: Certificate[] = []
  for (const certificate of certificates.slice(1)) {
    const issued = await Promise.all(certificates.map((issuer) => isIssuedBy(certificate, issuer)))
    if (!issued.includes(true)) found.push(certificate)
  }
  return found
}

/** Nothing but issuers of the signer's certificate, of theirs, and so on: anybody could add another one. */
export async function areAboveTheSigner({ certificates }: SignedData): Promise<boolean> {
  const different = differentOnes(certificates)
  return (await above(different)).length === different.length
}

/** Some signers enclose theirs twice. */
function differentOnes(certificates: readonly Certificate[]): Certificate[] {
  return certificates.filter(
    (one, i) => !certificates.slice(0, i).some((other) => same(one.bytes, other.bytes)),
  )
}

async function above(certificates: readonly Certificate[]): Promise<Certificate[]> {
  const found = certificates.slice(0, 1)
  let left = certificates.slice(1)
  for (const certificate of found) {
    const issued = await Promise.all(left.map((other) => isIssuedBy(certificate, other)))
    found.push(...left.filter((_, i) => issued[i]))
    left = left.filter((_, i) => !issued[i])
  }
  return found
}

/** Authorities enclose others that theirs have issued, too. */
async function belongTogether({ certificates }: SignedData): Promise<boolean> {
  const different = differentOnes(certificates)
  const tops = await above(different)
  for (const certificate of different) {
    const issued = await Promise.all(tops.map((top) => top === certificate || isIssuedBy(certificate, top)))
    if (!issued.includes(true)) return false
  }
  return true
}

/**
 * Authorities leave their root out, so one certificate need have no issuer, as it issued another one. Who trusts
 * that root sees every changed byte.
 */
export async function hasSoundCertificates(token: SignedData): Promise<boolean> {
  if (!(await belongTogether(token))) return false
  const [stray, ...more] = await strayCertificates(token)
  if (!stray || more.length) return !stray
  return !same(stray.issuer.bytes, stray.subject.bytes) // a root would have issued itself
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
