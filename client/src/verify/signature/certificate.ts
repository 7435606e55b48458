/** Facts about X.509 certificates (RFC 5280). */
import { type Bytes, fromUtf8, latin1, same } from "../bytes"
import { isSignedBy } from "./algorithms"
import {
  BIT_STRING,
  bits,
  Cursor,
  children,
  type Element,
  INTEGER,
  OBJECT_IDENTIFIER,
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

export function readCertificate(bytes: Bytes): Certificate {
  const outer = new Cursor(readWhole(bytes))
  const signedPart = outer.next(SEQUENCE)
  const algorithm = outer.next(SEQUENCE)
  const signature = bits(outer.next(BIT_STRING))
  outer.end()
  const inner = new Cursor(signedPart)
  inner.optional(0xa0)
  const serial = inner.next(INTEGER).content
  if (!same(inner.next(SEQUENCE).bytes, algorithm.bytes)) throw new Error("two algorithms of a signature")
  const issuer = inner.next(SEQUENCE)
  const [, notAfter] = children(inner.next(SEQUENCE))
  const subject = inner.next(SEQUENCE)
  const publicKey = inner.next(SEQUENCE).bytes
  if (!notAfter) throw new Error("a time is missing")
  return {
    bytes,
    signedPart: signedPart.bytes,
    serial,
    issuer,
    subject,
    notAfter: time(notAfter),
    publicKey,
    algorithm,
    signature,
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
  return children(name)
    .filter((set) => set.tag === SET)
    .flatMap(children)
    .map((pair) => {
      const cursor = new Cursor(pair)
      return { type: oid(cursor.next(OBJECT_IDENTIFIER)), text: textOf(cursor.next()) }
    })
}

/** DirectoryString (4.1.2.4). */
function textOf(element: Element): string {
  if (element.tag === 0x0c) return fromUtf8(element.content)
  if (element.tag === 0x1e) return new TextDecoder("utf-16be").decode(element.content)
  return latin1(element.content)
}
