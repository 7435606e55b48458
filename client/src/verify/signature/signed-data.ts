/** CMS SignedData with one signer (RFC 5652, section 5), as signatures in PDF and time stamps carry it. */
import { type Bytes, type HashName, hash, same } from "../bytes"
import { hashOf, isSignedBy, octets } from "./algorithms"
import { type Certificate, readCertificate } from "./certificate"
import {
  Cursor,
  children,
  DamagedDer,
  type Element,
  INTEGER,
  integer,
  OCTET_STRING,
  oid,
  readWhole,
  SEQUENCE,
  SET,
} from "./der"

const SIGNED_DATA = "1.2.840.113549.1.7.2"
export const CONTENT_TYPE = "1.2.840.113549.1.9.3"
export const MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
export const SIGNING_TIME = "1.2.840.113549.1.9.5"
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"

export type Attributes = ReadonlyMap<string, readonly Element[]>

export interface SignedData {
  readonly version: number
  readonly digestAlgorithms: readonly Element[]
  readonly contentType: string
  readonly content: Bytes | undefined
  /** The signer's own first. */
  readonly certificates: readonly Certificate[]
  /** Lists beside the certificates, which no signature covers. */
  readonly hasRevocations: boolean
  readonly signerVersion: number
  readonly digestAlgorithm: Element
  readonly hash: HashName
  /** As they were signed: a SET. */
  readonly signedBytes: Bytes
  readonly signedAttributes: Attributes
  readonly unsignedAttributes: Attributes
  readonly signatureAlgorithm: Element
  readonly signature: Bytes
}

export function readSignedData(bytes: Bytes): SignedData {
  const outer = new Cursor(readWhole(bytes))
  if (oid(outer.next()) !== SIGNED_DATA) throw new DamagedDer("no signature")
  const cursor = new Cursor(readWhole(outer.next(0xa0).content))
  outer.end()
  const version = integer(cursor.next(INTEGER))
  const digestAlgorithms = children(cursor.next(SET))
  const { contentType, content } = readContent(cursor.next(SEQUENCE))
  const embedded = children(cursor.next(0xa0)).map((element) => readCertificate(element.bytes))
  const revocations = cursor.optional(0xa1)
  const [signer, ...more] = children(cursor.next(SET))
  cursor.end()
  if (!signer || more.length) throw new DamagedDer("not one signer")
  const { issuer, serial, ...info } = readSigner(signer)
  const own = embedded.find((c) => same(c.issuer.bytes, issuer.bytes) && same(c.serial, serial.content))
  if (!own) throw new DamagedDer("the certificate of the signer is missing")
  const certificates = [own, ...embedded.filter((certificate) => certificate !== own)]
  return {
    version,
    digestAlgorithms,
    contentType,
    content,
    certificates,
    hasRevocations: revocations !== undefined,
    ...info,
  }
}

function readContent(element: Element): { contentType: string; content: Bytes | undefined } {
  const cursor = new Cursor(element)
  const contentType = oid(cursor.next())
  const wrapped = cursor.optional(0xa0)
  cursor.end()
  return { contentType, content: wrapped && octets(readWhole(wrapped.content)) }
}

function readSigner(element: Element) {
  const cursor = new Cursor(element)
  const signerVersion = integer(cursor.next(INTEGER))
  const { issuer, serial } = readName(cursor.next(SEQUENCE))
  const digestAlgorithm = cursor.next(SEQUENCE)
  const signed = cursor.next(0xa0)
  const signatureAlgorithm = cursor.next(SEQUENCE)
  const signature = octets(cursor.next(OCTET_STRING))
  const unsignedAttributes = readAttributes(cursor.optional(0xa1))
  cursor.end()
  const signedBytes = signed.bytes.slice()
  signedBytes[0] = SET // 5.4: signed is the SET, not the tag that stands in the message
  return {
    issuer,
    serial,
    signerVersion,
    digestAlgorithm,
    hash: hashOf(digestAlgorithm),
    signedBytes,
    signedAttributes: readAttributes(signed),
    unsignedAttributes,
    signatureAlgorithm,
    signature,
  }
}

/** `IssuerAndSerialNumber`. */
function readName(element: Element): { issuer: Element; serial: Element } {
  const cursor = new Cursor(element)
  const found = { issuer: cursor.next(SEQUENCE), serial: cursor.next(INTEGER) }
  cursor.end()
  return found
}

function readAttributes(element: Element | undefined): Attributes {
  const found = new Map<string, readonly Element[]>()
  for (const attribute of element ? children(element) : []) {
    const cursor = new Cursor(attribute)
    const type = oid(cursor.next())
    if (found.has(type)) throw new DamagedDer("an attribute stands twice")
    found.set(type, children(cursor.next(SET)))
    cursor.end()
  }
  return found
}

/** The one value of an attribute. */
export function attribute(attributes: Attributes, type: string): Element {
  const values = attributes.get(type)
  const [value] = values ?? []
  if (!value || values?.length !== 1) throw new DamagedDer("an attribute is missing")
  return value
}

/** The signed message digest is that of the content (5.4). */
export async function coversContent(data: SignedData, content: Bytes): Promise<boolean> {
  const said = octets(attribute(data.signedAttributes, MESSAGE_DIGEST))
  return same(said, await hash(data.hash, content))
}

/** The signature over the signed attributes is right, and they name content type and certificate (RFC 5035). */
export async function isValid(data: SignedData): Promise<boolean> {
  const [own] = data.certificates
  if (!own || oid(attribute(data.signedAttributes, CONTENT_TYPE)) !== data.contentType) return false
  if (!(await namesCertificate(data, own))) return false
  return isSignedBy({
    publicKey: own.publicKey,
    algorithm: data.signatureAlgorithm,
    signature: data.signature,
    message: data.signedBytes,
    hash: data.hash,
  })
}

/**
 * ESSCertIDv2, or ESSCertID with SHA-1 as many time-stamp authorities still write it; the first of the list
 * is the signer's: `SEQUENCE { SEQUENCE OF SEQUENCE { hash algorithm?, hash … } … }`.
 */
async function namesCertificate({ signedAttributes }: SignedData, own: Certificate): Promise<boolean> {
  const type = [SIGNING_CERTIFICATE_V2, SIGNING_CERTIFICATE].find((known) => signedAttributes.has(known))
  if (!type) return false
  const [first] = children(new Cursor(attribute(signedAttributes, type)).next(SEQUENCE))
  if (!first) return false
  const cursor = new Cursor(first)
  const algorithm = cursor.optional(SEQUENCE)
  const said = octets(cursor.next(OCTET_STRING))
  const usual = type === SIGNING_CERTIFICATE ? "SHA-1" : "SHA-256"
  return same(said, await hash(algorithm ? hashOf(algorithm) : usual, own.bytes))
}
