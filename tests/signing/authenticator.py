"""A passkey in software: WebAuthn Level 3 responses with real ES256, RS256 and EdDSA signatures."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from server.signing.passkeys import base64url

USER_PRESENT, USER_VERIFIED, ATTESTED = 1, 4, 64
ES256, EDDSA, RS256 = -7, -8, -257


def _new_key(algorithm):
    if algorithm == ES256:
        return ec.generate_private_key(ec.SECP256R1())
    if algorithm == EDDSA:
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, 2048)


def _unsigned(number):
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def cose(key, algorithm):
    public = key.public_key()
    if algorithm == ES256:
        point = public.public_numbers()
        members = {1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    elif algorithm == EDDSA:
        members = {1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()}
    else:
        numbers = public.public_numbers()
        members = {1: 3, 3: RS256, -1: _unsigned(numbers.n), -2: _unsigned(numbers.e)}
    return cbor2.dumps(members)


def sign(key, algorithm, message):
    if algorithm == ES256:
        return key.sign(message, ec.ECDSA(hashes.SHA256()))
    if algorithm == EDDSA:
        return key.sign(message)
    return key.sign(message, padding.PKCS1v15(), hashes.SHA256())


@dataclass
class Authenticator:
    """One credential for one relying party. `flags` and `origin` may be set to misbehave."""

    rp_id: str
    origin: str
    algorithm: int = ES256
    flags: int = USER_PRESENT | USER_VERIFIED
    cross_origin: bool | None = False
    sign_count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self):
        self.key = _new_key(self.algorithm)

    def create(self, challenge):
        """RegistrationResponseJSON with attestation "none"."""
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(ATTESTED) + attested + cose(self.key, self.algorithm)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._response(
            clientDataJSON=self._client_data("webauthn.create", challenge),
            attestationObject=attestation,
        ) | {"clientExtensionResults": {}}

    def get(self, challenge):
        """AuthenticationResponseJSON."""
        self.sign_count += 1
        client_data, data = self._client_data("webauthn.get", challenge), self._data(0)
        signature = sign(self.key, self.algorithm, data + hashlib.sha256(client_data).digest())
        return self._response(clientDataJSON=client_data, authenticatorData=data, signature=signature)

    def _data(self, flags):
        head = hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags | flags])
        return head + self.sign_count.to_bytes(4, "big")

    def _client_data(self, kind, challenge):
        facts = {"type": kind, "challenge": base64url.encode(challenge), "origin": self.origin}
        if self.cross_origin is not None:
            facts["crossOrigin"] = self.cross_origin
        return json.dumps(facts, separators=(",", ":")).encode()

    def _response(self, **parts):
        name = base64url.encode(self.credential_id)
        response = {key: base64url.encode(value) for key, value in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
