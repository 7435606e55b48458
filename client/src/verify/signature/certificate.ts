/** Facts about X.509 certificates (RFC 5280). */
import { type Bytes, fromUtf8, latin1, same } from "../bytes"
import { isSignedBy } from "./algorithms"
import {
  BIT_STRING,
  BOOLEAN,
  bits,
  Cursor,
  children,
  DamagedDer,
  type Element,
  INTEGER,
  integer,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  oid,
  readWhole,
  SEQUENCE,
  SET,
  time,
} from "./der"

const COMMON_NAME = "2.5.4.3"
const ORGANISATION = "2.5.4.10"
const GIVEN_NAME = "2.5.4.42"
const SURNAME = "2.5.4.4"
const UNIT = "2.5.4.11"
const ELLIPTIC = "1.2.840.10045.2.1"
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/
/** UTF-8, Printable, Teletex, IA5, Universal and BMP strings. */
const TEXTS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x14, 0x16, 0x1c, 0x1e])
const TEST_MARK = "TEST - no legal effect"

export interface Certificate {
  readonly bytes: Bytes
  /** The part that the issuer signed. */
  readonly signedPart: Bytes
  readonly serial: Bytes
  readonly issuer: Element
  readonly subject: Element
  readonly notAfter: Date
  readonly publicKey: Bytes
  readonly algorithm: Element
  readonly signature: Bytes
}

/** Every member has its form, also what is not used here: no signature covers a certificate without its issuer. */
export function readCertificate(bytes: Bytes): Certificate {
  const outer = new Cursor(readWhole(bytes))
  const signedPart = outer.next(SEQUENCE)
  const algorithm = outer.next(SEQUENCE)
  const signature = bits(outer.next(BIT_STRING))
  outer.end()
  const inner = new Cursor(signedPart)
  const version = inner.optional(0xa0)
  if (version && integer(readWhole(version.content)) !== 2) throw new DamagedDer("an unknown version")
  const serial = inner.next(INTEGER).content
  if (!same(inner.next(SEQUENCE).bytes, algorithm.bytes))
    throw new DamagedDer("two algorithms of a signature")
  oid(new Cursor(algorithm).next())
  const issuer = inner.next(SEQUENCE)
  const validity = new Cursor(inner.next(SEQUENCE))
  const [, notAfter] = [time(validity.next()), time(validity.next())]
  validity.end()
  const subject = inner.next(SEQUENCE)
  for (const name of [issuer, subject]) parts(name)
  const publicKey = inner.next(SEQUENCE)
  ensureKey(publicKey)
  for (const tag of [0x81, 0x82]) inner.optional(tag)
  ensureExtensions(inner.optional(0xa3))
  inner.end()
  return {
    bytes,
    signedPart: signedPart.bytes,
    serial,
    issuer,
    subject,
    notAfter,
    publicKey: publicKey.bytes,
    algorithm,
    signature,
  }
}

function ensureKey(publicKey: Element): void {
  const cursor = new Cursor(publicKey)
  const algorithm = new Cursor(cursor.next(SEQUENCE))
  if (oid(algorithm.next()) === ELLIPTIC) oid(algorithm.next())
  bits(cursor.next(BIT_STRING))
  cursor.end()
}

/** `SEQUENCE OF SEQUENCE { type, critical (true, or left out), value }`. */
function ensureExtensions(wrapped: Element | undefined): void {
  if (!wrapped) return
  const list = readWhole(wrapped.content)
  if (list.tag !== SEQUENCE) throw new DamagedDer("extensions that are none")
  for (const extension of children(list)) {
    const cursor = new Cursor(extension)
    oid(cursor.next())
    const critical = cursor.optional(BOOLEAN)
    if (critical && critical.content[0] !== 0xff) throw new DamagedDer("a default that is written")
    cursor.next(OCTET_STRING)
    cursor.end()
  }
}

/** Name and signature fit. */
export async function isIssuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (!same(certificate.issuer.bytes, issuer.subject.bytes)) return false
  try {
    return await isSignedBy({
      publicKey: issuer.publicKey,
      algorithm: certificate.algorithm,
      signature: certificate.signature,
      message: certificate.signedPart,
    })
  } catch {
    return false
  }
}

/** Common name and organisation, as people know the holder. */
export function holder(certificate: Certificate): string {
  return knownAs(certificate.subject)
}

/** Everything in the certificate that may be a person's name. */
export function personalNames(certificate: Certificate): string {
  const known = parts(certificate.subject).filter(({ type }) =>
    [COMMON_NAME, GIVEN_NAME, SURNAME].includes(type),
  )
  return known.map((part) => part.text).join(" ")
}

export function isTest(certificate: Certificate): boolean {
  return parts(certificate.subject).some((part) => part.type === UNIT && part.text === TEST_MARK)
}

export function knownAs(name: Element): string {
  const found = parts(name)
  const known = [COMMON_NAME, ORGANISATION].map(
    (type) => found.find((part) => part.type === type)?.text ?? "",
  )
  const all = found.map((part) => part.text).join(", ")
  return [...new Set(known.filter(Boolean))].join(", ") || all
}

function parts(name: Element): { type: string; text: string }[] {
  const sets = children(name)
  if (sets.some(({ tag }) => tag !== SET)) throw new DamagedDer("a name that is none")
  return sets.flatMap(children).map((pair) => {
    const cursor = new Cursor(pair)
    const found = { type: oid(cursor.next(OBJECT_IDENTIFIER)), text: textOf(cursor.next()) }
    cursor.end()
    return found
  })
}

/** DirectoryString (4.1.2.4). */
function textOf(element: Element): string {
  if (!TEXTS.has(element.tag)) throw new DamagedDer("a name that is no text")
  if (element.tag === 0x0c) return fromUtf8(element.content)
  if (element.tag === 0x1e) return new TextDecoder("utf-16be", { fatal: true }).decode(element.content)
  const text = latin1(element.content)
  if (element.tag === 0x13 && !PRINTABLE.test(text)) throw new DamagedDer("a text of other letters")
  if (element.tag === 0x1c && !isUniversal(element.content)) throw new DamagedDer("a text of no letters")
  return text
}

/** Four bytes for each code point. */
function isUniversal(content: Bytes): boolean {
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  if (content.length % 4) return false
  for (let at = 0; at < content.length; at += 4) {
    const point = view.getUint32(at)
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false
  }
  return true
}
