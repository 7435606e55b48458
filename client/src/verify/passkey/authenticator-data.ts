/** What an authenticator says (WebAuthn Level 3, sections 6.1 and 6.5). */
import { type Bytes, hex, unsigned } from "../bytes"
import { isMap, readCbor } from "./cbor"

export interface Attested {
  readonly aaguid: string
  readonly credentialId: Bytes
  readonly coseKey: Bytes
}

export interface AuthenticatorData {
  readonly rpIdHash: Bytes
  readonly userPresent: boolean
  readonly userVerified: boolean
  readonly attested: Attested | undefined
}

const HEAD = 37

export function readAuthenticatorData(bytes: Bytes): AuthenticatorData {
  if (bytes.length < HEAD) throw new Error("the authenticator data are too short")
  const flags = bytes[32] ?? 0
  let at = HEAD
  let attested: Attested | undefined
  if (flags & 64) {
    attested = readAttested(bytes)
    at += 18 + attested.credentialId.length + attested.coseKey.length
  }
  if (flags & 128) at = readCbor(bytes, at).end
  if (at !== bytes.length) throw new Error("bytes behind the authenticator data")
  return {
    rpIdHash: bytes.subarray(0, 32),
    userPresent: (flags & 1) !== 0,
    userVerified: (flags & 4) !== 0,
    attested,
  }
}

function readAttested(bytes: Bytes): Attested {
  const start = HEAD + 18
  const key = start + unsigned(bytes.subarray(start - 2, start))
  return {
    aaguid: hex(bytes.subarray(HEAD, HEAD + 16)),
    credentialId: bytes.subarray(start, key),
    coseKey: bytes.subarray(key, readCbor(bytes, key).end),
  }
}

export interface Attestation {
  readonly format: string
  readonly data: AuthenticatorData
}

export function readAttestation(bytes: Bytes): Attestation {
  const { value, end } = readCbor(bytes)
  const format = isMap(value) ? value.get("fmt") : undefined
  const data = isMap(value) ? value.get("authData") : undefined
  if (end !== bytes.length || typeof format !== "string" || !(data instanceof Uint8Array)) {
    throw new Error("the attestation is damaged")
  }
  return { format, data: readAuthenticatorData(data) }
}
