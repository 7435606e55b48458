/** One passkey signature, checked from stored bytes alone (WebAuthn Level 3, section 7.2). */
import { type Bytes, base64url, digest, fromBase64url, fromUtf8, join, same, sha256, utf8 } from "../bytes"
import { ensure, ensureMembers, isRecord, type JsonObject } from "../canonical"
import { type AuthenticatorData, readAttestation, readAuthenticatorData } from "./authenticator-data"
import { isSignedByPasskey, readPublicKey } from "./public-key"

const FIELDS = [
  "kind",
  "credential_id",
  "cose_key",
  "public_key",
  "authenticator_data",
  "client_data",
  "signature",
  "registration",
]
const REGISTRATION_FIELDS = ["attestation_object", "client_data", "aaguid", "fmt"]

export interface RelyingParty {
  readonly id: string
  readonly origins: readonly string[]
}

/** SHA-256 of the attestation object: the fact that the log keeps of a registered passkey. */
export function registrationDigest(registration: JsonObject): Promise<string> {
  return digest(fromBase64url(registration.attestation_object))
}

/** Throws unless the registered passkey signed exactly this statement, with its holder verified. */
export async function ensureAssertion(
  evidence: JsonObject,
  statement: Bytes,
  rp: RelyingParty,
): Promise<void> {
  ensureMembers(evidence, FIELDS, "The evidence has missing or surplus fields.")
  const clientData = fromBase64url(evidence.client_data)
  const authenticatorData = fromBase64url(evidence.authenticator_data)
  const challenge = readClientData(clientData, "webauthn.get", rp).challenge
  ensure(challenge === base64url(await sha256(statement)), "The passkey signed another statement.")
  await ensureAuthenticator(readAuthenticatorData(authenticatorData), rp)
  const coseKey = fromBase64url(evidence.cose_key)
  await ensureRegistered(evidence, coseKey, rp)
  const key = readPublicKey(coseKey)
  ensure(same(key.spki, fromBase64url(evidence.public_key)), "The two forms of the public key differ.")
  const message = join(authenticatorData, await sha256(clientData))
  const holds = await isSignedByPasskey(key, fromBase64url(evidence.signature), message)
  ensure(holds, "The signature does not match the passkey.")
}

function readClientData(bytes: Bytes, kind: string, rp: RelyingParty): JsonObject {
  const facts: unknown = JSON.parse(fromUtf8(bytes))
  if (!isRecord(facts)) throw new Error("the client data are damaged")
  ensure(facts.type === kind, "The passkey was used for something else.")
  const { origin } = facts
  ensure(
    typeof origin === "string" && rp.origins.includes(origin),
    "The passkey was used on another web site.",
  )
  ensure(
    facts.crossOrigin === undefined || facts.crossOrigin === false,
    "The passkey was used inside another web site.",
  )
  return facts
}

async function ensureAuthenticator(data: AuthenticatorData, rp: RelyingParty): Promise<void> {
  ensure(same(data.rpIdHash, await sha256(utf8(rp.id))), "The passkey belongs to another service.")
  ensure(data.userPresent, "Nobody touched the authenticator.")
  ensure(data.userVerified, "The authenticator did not verify its holder by PIN or biometrics.")
}

async function ensureRegistered(evidence: JsonObject, coseKey: Bytes, rp: RelyingParty): Promise<void> {
  const registration = ensureMembers(
    evidence.registration,
    REGISTRATION_FIELDS,
    "The registration of the passkey is missing.",
  )
  readClientData(fromBase64url(registration.client_data), "webauthn.create", rp)
  const { data, format } = readAttestation(fromBase64url(registration.attestation_object))
  await ensureAuthenticator(data, rp)
  const { attested } = data
  ensure(attested !== undefined, "The registration names no passkey.")
  const sameId = same(attested.credentialId, fromBase64url(evidence.credential_id))
  ensure(sameId && same(attested.coseKey, coseKey), "The passkey is not the registered one.")
  const aaguid = String(registration.aaguid).replaceAll("-", "")
  ensure(aaguid === attested.aaguid && registration.fmt === format, "The facts of the registration differ.")
}
