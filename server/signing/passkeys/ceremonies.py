"""The two ceremonies of WebAuthn Level 3: registering a passkey (section 7.1) and signing with it (7.2).

Attestation is not asked for: the maker of a mayor's telephone is none of our business.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import (
    AttestationFormat,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from server.domain.errors import InvalidPasskey
from server.signing.passkeys import base64url
from server.signing.passkeys.public_keys import ALGORITHMS, subject_public_key
from server.signing.passkeys.relying_party import RelyingParty

TIMEOUT: Final = 300_000  # milliseconds: people look for their key first

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class RegisteredPasskey:
    """`registration` is kept whole for the evidence: base64url texts `attestation_object` and
    `client_data`, `aaguid`, `fmt` and the list `transports`."""

    credential_id: bytes
    cose_key: bytes
    sign_count: int
    registration: dict[str, object]


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey on record. `sign_count` is the last one seen."""

    credential_id: bytes
    cose_key: bytes
    sign_count: int
    registration: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PasskeyAssertion:
    """The bytes that the authenticator signed, and its signature (section 6.3.3)."""

    new_sign_count: int
    authenticator_data: bytes
    client_data: bytes
    signature: bytes


def registration_options(
    rp: RelyingParty,
    *,
    handle: bytes,
    email: str,
    name: str,
    challenge: bytes,
    known: Sequence[bytes],
) -> dict[str, object]:
    """PublicKeyCredentialCreationOptionsJSON. `handle` is 1 to 64 random bytes that name the person
    (section 5.4.3: no personal data), `known` the credential ids that they already have."""
    options = generate_registration_options(
        rp_id=rp.id,
        rp_name=rp.name,
        user_id=handle,
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        timeout=TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(known),
        supported_pub_key_algs=list(ALGORITHMS),
    )
    return options_to_json_dict(options)


def assertion_options(
    rp: RelyingParty, *, challenge: bytes, credentials: Sequence[bytes]
) -> dict[str, object]:
    """PublicKeyCredentialRequestOptionsJSON. Without `credentials` the browser offers what it has."""
    options = generate_authentication_options(
        rp_id=rp.id,
        challenge=challenge,
        timeout=TIMEOUT,
        allow_credentials=_descriptors(credentials),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def verify_registration(
    rp: RelyingParty, *, response: Mapping[str, object], challenge: bytes
) -> RegisteredPasskey:
    """`response` is RegistrationResponseJSON. Raises InvalidPasskey."""
    return _or_invalid(lambda: _verify_registration(rp, response, challenge))


def verify_assertion(
    rp: RelyingParty, *, response: Mapping[str, object], challenge: bytes, passkey: KnownPasskey
) -> PasskeyAssertion:
    """`response` is AuthenticationResponseJSON. Raises InvalidPasskey."""
    return _or_invalid(lambda: _verify_assertion(rp, response, challenge, passkey))


def _or_invalid(verify: Callable[[], _T]) -> _T:
    try:
        return verify()
    except Exception as error:  # the bytes are a stranger's; the parsers below raise whatever they like
        raise InvalidPasskey(reason=type(error).__name__) from error


def _verify_registration(
    rp: RelyingParty, response: Mapping[str, object], challenge: bytes
) -> RegisteredPasskey:
    verified = verify_registration_response(
        credential=dict(response),
        expected_challenge=challenge,
        expected_rp_id=rp.id,
        expected_origin=list(rp.origins),
        require_user_verification=True,
        supported_pub_key_algs=list(ALGORITHMS),
    )
    subject_public_key(verified.credential_public_key)
    inner = _inner(response)
    _ensure_top_level(inner["clientDataJSON"])
    transports = inner.get("transports", [])
    return RegisteredPasskey(
        credential_id=verified.credential_id,
        cose_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        registration={
            "attestation_object": base64url.encode(base64url.decode(inner["attestationObject"])),
            "client_data": base64url.encode(base64url.decode(inner["clientDataJSON"])),
            "aaguid": verified.aaguid,
            "fmt": AttestationFormat(verified.fmt).value,
            "transports": [str(t) for t in transports] if isinstance(transports, list) else [],
        },
    )


def _verify_assertion(
    rp: RelyingParty, response: Mapping[str, object], challenge: bytes, passkey: KnownPasskey
) -> PasskeyAssertion:
    verified = verify_authentication_response(
        credential=dict(response),
        expected_challenge=challenge,
        expected_rp_id=rp.id,
        expected_origin=list(rp.origins),
        credential_public_key=passkey.cose_key,
        credential_current_sign_count=passkey.sign_count,
        require_user_verification=True,
    )
    if verified.credential_id != passkey.credential_id:
        raise InvalidPasskey(reason="other credential")
    inner = _inner(response)
    _ensure_top_level(inner["clientDataJSON"])
    return PasskeyAssertion(
        verified.new_sign_count,
        authenticator_data=base64url.decode(inner["authenticatorData"]),
        client_data=base64url.decode(inner["clientDataJSON"]),
        signature=base64url.decode(inner["signature"]),
    )


def _inner(response: Mapping[str, object]) -> Mapping[str, object]:
    inner = response["response"]
    if not isinstance(inner, Mapping):
        raise TypeError("no response")
    return inner


def _ensure_top_level(client_data: object) -> None:
    """A page of somebody else's that frames ours must not collect signatures (section 13.4.9)."""
    if json.loads(base64url.decode(client_data)).get("crossOrigin", False) is not False:
        raise InvalidPasskey(reason="cross origin")


def _descriptors(credentials: Sequence[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=credential) for credential in credentials]
