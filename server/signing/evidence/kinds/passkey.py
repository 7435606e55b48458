"""A WebAuthn assertion over the statement, and where its key comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level
from server.signing.checks import Check, broken, limited, proven
from server.signing.evidence.bundle_reader import Item, reason
from server.signing.evidence.kind import EvidenceKind, Surroundings
from server.signing.passkeys import base64url
from server.signing.passkeys.assertion_check import ensure, ensure_assertion, registration_digest
from server.signing.passkeys.ceremonies import KnownPasskey, PasskeyAssertion
from server.signing.passkeys.public_keys import subject_public_key

_CHECK: Final = Check.SIGN_OFF_PASSKEY
_FIELDS: Final = frozenset(
    {
        "kind",
        "credential_id",
        "cose_key",
        "public_key",
        "authenticator_data",
        "client_data",
        "signature",
        "registration",
    }
)
_LIMITS: Final = limited(
    Check.PASSKEY_LIMITS,
    "A passkey proves that its holder, verified by PIN or biometrics, confirmed exactly this statement. "
    "It does not prove what the screen showed, nor who holds the passkey: the municipalities were told "
    "apart at registration, which the log records. It is not a qualified electronic signature.",
)


def passkey_evidence(passkey: KnownPasskey, assertion: PasskeyAssertion) -> dict[str, object]:
    """About 1.2 kB. Of the registration, the transports stay at home: they prove nothing."""
    return {
        "kind": Level.PASSKEY.value,
        "credential_id": base64url.encode(passkey.credential_id),
        "cose_key": base64url.encode(passkey.cose_key),
        "public_key": base64url.encode(subject_public_key(passkey.cose_key)),
        "authenticator_data": base64url.encode(assertion.authenticator_data),
        "client_data": base64url.encode(assertion.client_data),
        "signature": base64url.encode(assertion.signature),
        "registration": {
            key: passkey.registration[key] for key in ("attestation_object", "client_data", "aaguid", "fmt")
        },
    }


def _check(item: Item, around: Surroundings) -> Finding:
    try:
        ensure(item.evidence.get("kind") == item.level, "The evidence is of another kind.")
        ensure(set(item.evidence) == _FIELDS, "The evidence has missing or surplus fields.")
        ensure_assertion(item.evidence, item.statement_bytes, around.rp)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(_CHECK, reason(error), item.subject)
    return proven(_CHECK, "The registered passkey signed this statement about this text.", item.subject)


def _registration(evidence: Mapping[str, object]) -> str:
    registration = evidence.get("registration")
    return registration_digest(registration) if isinstance(registration, dict) else ""


KIND: Final = EvidenceKind(
    level=Level.PASSKEY,
    fields=_FIELDS,
    check=_check,
    unique="signature",
    limits=_LIMITS,
    registration=_registration,
)
