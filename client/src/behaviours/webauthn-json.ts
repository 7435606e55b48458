/**
 * WebAuthn options and answers as JSON (WebAuthn Level 3, sections 5.1.8 to 5.1.10), for browsers that do
 * not translate themselves yet.
 */
type Json = Record<string, unknown>

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}

export function toBase64Url(bytes: ArrayBuffer): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

export function creationOptions(json: Json): PublicKeyCredentialCreationOptions {
  const parse = PublicKeyCredential.parseCreationOptionsFromJSON
  if (parse) return parse.call(PublicKeyCredential, json as unknown as PublicKeyCredentialCreationOptionsJSON)
  const user = json.user as Json
  return {
    ...json,
    challenge: fromBase64Url(String(json.challenge)),
    user: { ...user, id: fromBase64Url(String(user.id)) },
    excludeCredentials: descriptors(json.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions
}

export function requestOptions(json: Json): PublicKeyCredentialRequestOptions {
  const parse = PublicKeyCredential.parseRequestOptionsFromJSON
  if (parse) return parse.call(PublicKeyCredential, json as unknown as PublicKeyCredentialRequestOptionsJSON)
  return {
    ...json,
    challenge: fromBase64Url(String(json.challenge)),
    allowCredentials: descriptors(json.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions
}

function descriptors(list: unknown): Json[] {
  return ((list ?? []) as Json[]).map((each) => ({ ...each, id: fromBase64Url(String(each.id)) }))
}

/** The credential as the server reads it. */
export function credentialJson(credential: PublicKeyCredential): Json {
  if (typeof credential.toJSON === "function") return credential.toJSON() as unknown as Json
  const { id, rawId, type, response, authenticatorAttachment } = credential
  return {
    id,
    rawId: toBase64Url(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: responseJson(response),
  }
}

function responseJson(response: AuthenticatorResponse): Json {
  const clientDataJSON = toBase64Url(response.clientDataJSON)
  if ("attestationObject" in response) {
    const { attestationObject, getTransports } = response as AuthenticatorAttestationResponse
    const transports = getTransports ? getTransports.call(response) : []
    return { clientDataJSON, attestationObject: toBase64Url(attestationObject), transports }
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse
  return {
    clientDataJSON,
    authenticatorData: toBase64Url(authenticatorData),
    signature: toBase64Url(signature),
    userHandle: userHandle ? toBase64Url(userHandle) : null,
  }
}
