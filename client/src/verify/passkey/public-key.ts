/** Public keys of passkeys: COSE (RFC 9052) to SubjectPublicKeyInfo (RFC 5280), and what they signed. */
import { type Bytes, fromHex, join } from "../bytes"
import { isSignedBy } from "../signature/algorithms"
import { BIT_STRING, type Element, INTEGER, readWhole, SEQUENCE } from "../signature/der"
import { type CborMap, isMap, readCbor } from "./cbor"

const ES256 = -7
const EDDSA = -8
const RS256 = -257
const SHORTEST_RSA = 2048 // bits
const P256_HEAD = fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
const ED25519_HEAD = fromHex("302a300506032b6570032100")
const RSA_ALGORITHM = fromHex("300d06092a864886f70d0101010500")

/** DER AlgorithmIdentifiers of the signatures. */
const ALGORITHMS: ReadonlyMap<number, Bytes> = new Map([
  [ES256, fromHex("300a06082a8648ce3d040302")],
  [EDDSA, fromHex("300506032b6570")],
  [RS256, fromHex("300d06092a864886f70d01010b0500")],
])

export interface PublicKey {
  readonly spki: Bytes
  readonly algorithm: Element
}

/** Throws for keys that the service does not take. */
export function readPublicKey(coseKey: Bytes): PublicKey {
  const { value, end } = readCbor(coseKey)
  if (!isMap(value) || end !== coseKey.length) throw new Error("no public key")
  const name = value.get(3)
  const algorithm = typeof name === "number" ? ALGORITHMS.get(name) : undefined
  if (!algorithm) throw new Error("unknown signature algorithm")
  return { spki: encode(value, Number(name)), algorithm: readWhole(algorithm) }
}

export function isSignedByPasskey(key: PublicKey, signature: Bytes, message: Bytes): Promise<boolean> {
  return isSignedBy({ publicKey: key.spki, algorithm: key.algorithm, signature, message })
}

function encode(key: CborMap, algorithm: number): Bytes {
  const [kind, curve] = [key.get(1), key.get(-1)]
  if (algorithm === ES256 && kind === 2 && curve === 1)
    return join(P256_HEAD, octets(key, -2, 32), octets(key, -3, 32))
  if (algorithm === EDDSA && kind === 1 && curve === 6) return join(ED25519_HEAD, octets(key, -2, 32))
  if (algorithm === RS256 && kind === 3) return encodeRsa(octets(key, -1), octets(key, -2))
  throw new Error("unknown kind of key")
}

function encodeRsa(modulus: Bytes, exponent: Bytes): Bytes {
  const number = unpadded(modulus)
  const bits = number.length * 8 - Math.clz32(number[0] ?? 0) + 24
  if (bits < SHORTEST_RSA) throw new Error("RSA key too short")
  const pair = wrap(SEQUENCE, wrap(INTEGER, positive(number)), wrap(INTEGER, positive(unpadded(exponent))))
  return wrap(SEQUENCE, RSA_ALGORITHM, wrap(BIT_STRING, new Uint8Array(1), pair))
}

function octets(key: CborMap, name: number, length?: number): Bytes {
  const value = key.get(name)
  if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) {
    throw new Error("a part of the key is missing")
  }
  return value
}

function unpadded(number: Bytes): Bytes {
  const start = number.findIndex((byte) => byte !== 0)
  return start < 0 ? number.subarray(0, 0) : number.subarray(start)
}

function positive(number: Bytes): Bytes {
  return (number[0] ?? 0x80) >= 0x80 ? join(new Uint8Array(1), number) : number
}

function wrap(tag: number, ...parts: Bytes[]): Bytes {
  const content = join(...parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return join(Uint8Array.from([tag, ...size]), content)
}
