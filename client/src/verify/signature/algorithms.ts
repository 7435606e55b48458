/** One signature over one message, through WebCrypto. */
import { type Bytes, type HashName, join } from "../bytes"
import {
  Cursor,
  children,
  DamagedDer,
  type Element,
  integer,
  integerBytes,
  OCTET_STRING,
  oid,
  readWhole,
  SEQUENCE,
} from "./der"

const HASHES: Readonly<Record<string, HashName>> = {
  "1.3.14.3.2.26": "SHA-1",
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
}
const ECDSA: Readonly<Record<string, HashName>> = {
  "1.2.840.10045.4.3.2": "SHA-256",
  "1.2.840.10045.4.3.3": "SHA-384",
  "1.2.840.10045.4.3.4": "SHA-512",
}
const RSA: Readonly<Record<string, HashName>> = {
  "1.2.840.113549.1.1.11": "SHA-256",
  "1.2.840.113549.1.1.12": "SHA-384",
  "1.2.840.113549.1.1.13": "SHA-512",
}
const RSA_PLAIN = "1.2.840.113549.1.1.1"
const RSA_PSS = "1.2.840.113549.1.1.10"
const MASK = "1.2.840.113549.1.1.8"
const NULL = 0x05
const ED25519 = "1.3.101.112"
const CURVES: Readonly<Record<string, { readonly name: string; readonly size: number }>> = {
  "1.2.840.10045.3.1.7": { name: "P-256", size: 32 },
  "1.3.132.0.34": { name: "P-384", size: 48 },
  "1.3.132.0.35": { name: "P-521", size: 66 },
}

/** Neither right nor wrong: this browser has no means to tell. */
export class UnknownAlgorithm extends Error {}

export interface Signed {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Bytes
  /** DER AlgorithmIdentifier. */
  readonly algorithm: Element
  readonly signature: Bytes
  readonly message: Bytes
  /** Where the algorithm does not name its own (plain RSA in CMS). */
  readonly hash?: HashName
}

/** An AlgorithmIdentifier of a hash function. */
export function hashOf(algorithm: Element): HashName {
  if (!isPlain(algorithm)) throw new DamagedDer("a hash function with parameters")
  const found = HASHES[oid(new Cursor(algorithm).next())]
  if (!found) throw new UnknownAlgorithm("unknown hash function")
  return found
}

/** Its parameters say nothing: absent or NULL, as writers differ. */
export function isPlain(algorithm: Element): boolean {
  const [, parameters, ...more] = children(algorithm)
  return !more.length && (!parameters || (parameters.tag === NULL && parameters.bytes.length === 2))
}

export async function isSignedBy(signed: Signed): Promise<boolean> {
  const { key, parameters, signature } = await prepare(signed)
  return crypto.subtle.verify(parameters, key, signature, signed.message)
}

interface Prepared {
  readonly key: CryptoKey
  readonly parameters: AlgorithmIdentifier | EcdsaParams | RsaPssParams
  readonly signature: Bytes
}

async function prepare(signed: Signed): Promise<Prepared> {
  const name = oid(new Cursor(signed.algorithm).next())
  const { signature } = signed
  if (name !== RSA_PSS && !isPlain(signed.algorithm)) throw new DamagedDer("a signature with parameters")
  const ecdsa = ECDSA[name]
  if (ecdsa) return prepareEcdsa(signed, ecdsa)
  if (name === ED25519) {
    return { key: await importKey(signed, { name: "Ed25519" }), parameters: { name: "Ed25519" }, signature }
  }
  if (name === RSA_PSS) return preparePss(signed)
  const hash = name === RSA_PLAIN ? signed.hash : RSA[name]
  if (!hash || hash === "SHA-1") throw new UnknownAlgorithm("unknown signature algorithm")
  const parameters = { name: "RSASSA-PKCS1-v1_5" }
  return { key: await importKey(signed, { ...parameters, hash }), parameters, signature }
}

async function prepareEcdsa(signed: Signed, hash: HashName): Promise<Prepared> {
  const curve = curveOf(signed.publicKey)
  const key = await importKey(signed, { name: "ECDSA", namedCurve: curve.name })
  return { key, parameters: { name: "ECDSA", hash }, signature: plainEcdsa(signed.signature, curve.size) }
}

/** RSASSA-PSS-params (RFC 4055, 3.1). */
async function preparePss(signed: Signed): Promise<Prepared> {
  const cursor = new Cursor(signed.algorithm)
  cursor.next()
  const members = children(cursor.next(SEQUENCE))
  const member = (tag: number) => members.find((element) => element.tag === tag)
  const hash = member(0xa0)
  const salt = member(0xa2)
  const mask = member(0xa1)
  const name = hash ? hashOf(readWhole(hash.content)) : "SHA-1"
  if (name === "SHA-1" || !mask) throw new UnknownAlgorithm("unknown hash function")
  const generator = new Cursor(readWhole(mask.content))
  const usual = oid(generator.next()) === MASK && hashOf(generator.next(SEQUENCE)) === name
  if (!usual || member(0xa3)) throw new UnknownAlgorithm("unknown mask of a signature")
  const saltLength = salt ? integer(readWhole(salt.content)) : 20
  const key = await importKey(signed, { name: "RSA-PSS", hash: name })
  return { key, parameters: { name: "RSA-PSS", saltLength }, signature: signed.signature }
}

async function importKey(
  signed: Signed,
  algorithm: AlgorithmIdentifier | EcKeyImportParams | RsaHashedImportParams,
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("spki", signed.publicKey, algorithm, false, ["verify"])
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") {
      throw new UnknownAlgorithm("this browser does not know the algorithm")
    }
    throw error
  }
}

function curveOf(publicKey: Bytes): { readonly name: string; readonly size: number } {
  const algorithm = new Cursor(new Cursor(readWhole(publicKey)).next(SEQUENCE))
  algorithm.next()
  const curve = CURVES[oid(algorithm.next())]
  if (!curve) throw new UnknownAlgorithm("this browser does not know the curve")
  return curve
}

/** From `SEQUENCE { r, s }` to what WebCrypto takes: both with leading zeros, one behind the other. */
export function plainEcdsa(signature: Bytes, size: number): Bytes {
  const cursor = new Cursor(readWhole(signature))
  const numbers = [cursor.next(), cursor.next()].map((element) => {
    const bytes = integerBytes(element)
    if (bytes.length > size) throw new DamagedDer("a number too large")
    return join(new Uint8Array(size - bytes.length), bytes)
  })
  cursor.end()
  return join(...numbers)
}

export function octets(element: Element): Bytes {
  if (element.tag !== OCTET_STRING) throw new DamagedDer("octets are missing")
  return element.content
}
