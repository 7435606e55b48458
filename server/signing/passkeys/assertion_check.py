"""One passkey signature, checked offline: WebAuthn Level 3, section 7.2, from stored bytes alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from cryptography.exceptions import InvalidSignature
from webauthn.helpers import parse_attestation_object, parse_authenticator_data
from webauthn.helpers.structs import AuthenticatorData

from server.domain.canonical import digest
from server.signing.passkeys import base64url
from server.signing.passkeys.public_keys import ensure_signature, subject_public_key
from server.signing.passkeys.relying_party import RelyingParty

_REGISTRATION_FIELDS: Final = frozenset({"attestation_object", "client_data", "aaguid", "fmt"})


class BrokenEvidence(Exception):
    """The evidence does not prove the statement; the message says why, in plain English."""


def ensure(holds: bool, sentence: str) -> None:
    if not holds:
        raise BrokenEvidence(sentence)


def registration_digest(registration: Mapping[str, object]) -> str:
    """SHA-256 of the attestation object: the fact that the log keeps of a registered passkey."""
    return digest(base64url.decode(registration["attestation_object"]))


def ensure_assertion(evidence: Mapping[str, object], statement: bytes, rp: RelyingParty) -> None:
    """The registered passkey signed exactly this statement, on our origin, with its holder verified.

    Raises BrokenEvidence, or ValueError and its kin where the bytes cannot even be read.
    """
    client_data = base64url.decode(evidence["client_data"])
    authenticator_data = base64url.decode(evidence["authenticator_data"])
    challenge = base64url.encode(hashlib.sha256(statement).digest())
    facts = _read_client_data(client_data, "webauthn.get", rp)
    ensure(facts["challenge"] == challenge, "The passkey signed another statement.")
    _ensure_authenticator(parse_authenticator_data(authenticator_data), rp)
    cose_key = base64url.decode(evidence["cose_key"])
    _ensure_registered(evidence, cose_key, rp)
    spki = base64url.decode(evidence["public_key"])
    ensure(subject_public_key(cose_key) == spki, "The two forms of the public key differ.")
    message = authenticator_data + hashlib.sha256(client_data).digest()
    try:
        ensure_signature(cose_key, base64url.decode(evidence["signature"]), message)
    except InvalidSignature as error:
        raise BrokenEvidence("The signature does not match the passkey.") from error


def _read_client_data(client_data: bytes, kind: str, rp: RelyingParty) -> Mapping[str, Any]:
    """UTF-8 without a byte order mark; Python alone reads more as JSON."""
    facts: Mapping[str, Any] = json.loads(client_data.decode(), parse_constant=_refuse)
    ensure(facts["type"] == kind, "The passkey was used for something else.")
    ensure(facts["origin"] in rp.origins, "The passkey was used on another web site.")
    ensure(facts.get("crossOrigin", False) is False, "The passkey was used inside another web site.")
    return facts


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _ensure_authenticator(data: AuthenticatorData, rp: RelyingParty) -> None:
    ensure(data.rp_id_hash == rp.id_hash, "The passkey belongs to another service.")
    ensure(data.flags.up, "Nobody touched the authenticator.")
    ensure(data.flags.uv, "The authenticator did not verify its holder by PIN or biometrics.")


def _ensure_registered(evidence: Mapping[str, object], cose_key: bytes, rp: RelyingParty) -> None:
    registration = evidence["registration"]
    if not isinstance(registration, dict) or set(registration) != _REGISTRATION_FIELDS:
        raise BrokenEvidence("The registration of the passkey is missing.")
    _read_client_data(base64url.decode(registration["client_data"]), "webauthn.create", rp)
    attestation = parse_attestation_object(base64url.decode(registration["attestation_object"]))
    _ensure_authenticator(attestation.auth_data, rp)
    attested = attestation.auth_data.attested_credential_data
    if attested is None:
        raise BrokenEvidence("The registration names no passkey.")
    same_id = attested.credential_id == base64url.decode(evidence["credential_id"])
    ensure(same_id and attested.credential_public_key == cose_key, "The passkey is not the registered one.")
    aaguid = attested.aaguid.hex() == str(registration["aaguid"]).replace("-", "")
    ensure(aaguid and attestation.fmt == registration["fmt"], "The facts of the registration differ.")
