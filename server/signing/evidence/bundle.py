"""What makes a sign-off provable, and the proof package `nachweise.json` that travels inside the PDF.

Format `kraftakt-evidence/1`, canonical JSON:

    {"format": "kraftakt-evidence/1",
     "declaration": {"slug": "…", "title": "…"},
     "revision": {"number": 3, "sha256": "…"},
     "relying_party": {"id": "kraftakt.example", "origins": ["https://kraftakt.example"]},
     "sign_offs": [{"statement": "{…}", "level": "passkey", "evidence": {"kind": "passkey", …}}]}

`statement` is the text whose UTF-8 bytes were signed. Bytes inside `evidence` are base64url texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from server.domain.canonical import canonical_bytes, digest
from server.domain.sign_offs import Level, SignOff, counting, timestamp
from server.signing.evidence.bundle_check import BundleCheck, verify_bundle
from server.signing.evidence.bundle_reader import FORMAT
from server.signing.evidence.signed_copy import CopySigner, copy_name
from server.signing.passkeys import base64url
from server.signing.passkeys.assertion_check import registration_digest
from server.signing.passkeys.public_keys import subject_public_key
from server.signing.passkeys.relying_party import RelyingParty

__all__ = [
    "FORMAT",
    "BundleCheck",
    "bundle",
    "email_evidence",
    "paper_evidence",
    "passkey_evidence",
    "pdf_evidence",
    "registration_digest",
    "sign_off_digest",
    "verify_bundle",
]


def passkey_evidence(
    *,
    credential_id: bytes,
    cose_key: bytes,
    authenticator_data: bytes,
    client_data: bytes,
    signature: bytes,
    registration: Mapping[str, object],
) -> dict[str, object]:
    """A WebAuthn assertion and where its key comes from, about 1.2 kB. `registration` is
    `RegisteredPasskey.registration`; its transports stay at home, they prove nothing."""
    return {
        "kind": Level.PASSKEY.value,
        "credential_id": base64url.encode(credential_id),
        "cose_key": base64url.encode(cose_key),
        "public_key": base64url.encode(subject_public_key(cose_key)),
        "authenticator_data": base64url.encode(authenticator_data),
        "client_data": base64url.encode(client_data),
        "signature": base64url.encode(signature),
        "registration": {
            key: registration[key] for key in ("attestation_object", "client_data", "aaguid", "fmt")
        },
    }


def email_evidence(
    *, sent_at: datetime, confirmed_at: datetime, address_hash: str, code_hash: str, statement_digest: str
) -> dict[str, object]:
    """A one-time code sent to the personal address. Hashes are 64 hexadecimal characters; take a keyed
    hash (HMAC) of the address, a plain one is guessed in no time and the package becomes public."""
    return {
        "kind": Level.EMAIL_CODE.value,
        "sent_at": timestamp(sent_at),
        "confirmed_at": timestamp(confirmed_at),
        "address_hash": address_hash,
        "code_hash": code_hash,
        "statement_sha256": statement_digest,
    }


def paper_evidence(*, recorded_at: datetime, scan_digest: str, statement_digest: str) -> dict[str, object]:
    """A decision taken on paper; `scan_digest` is the SHA-256 of the scan that the coordination keeps."""
    return {
        "kind": Level.PAPER.value,
        "recorded_at": timestamp(recorded_at),
        "scan_sha256": scan_digest,
        "statement_sha256": statement_digest,
    }


def pdf_evidence(
    *, copy: bytes, base: bytes, ags: str, statement_digest: str, signer: CopySigner
) -> dict[str, object]:
    """A copy that its signatory signed: `base` is what was handed out, `copy` what came back. The copy itself
    travels beside the package, under its name."""
    return {
        "kind": Level.PDF_SIGNATURE.value,
        "name": copy_name(ags),
        "sha256": digest(copy),
        "base_length": len(base),
        "base_sha256": digest(base),
        "statement_sha256": statement_digest,
        "subject": signer.subject,
        "issuer": signer.issuer,
    }


def sign_off_digest(statement: bytes, level: Level, evidence: Mapping[str, object]) -> str:
    """SHA-256 over a sign-off with its evidence: the fact that the log keeps of it."""
    return digest(canonical_bytes(_item(statement, level, evidence)))


def bundle(
    revision_digest: str,
    number: int,
    *,
    slug: str,
    title: str,
    rp: RelyingParty,
    sign_offs: Sequence[SignOff],
) -> bytes:
    """The bytes of `nachweise.json`: every sign-off that names this digest, in the document's order."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "declaration": {"slug": slug, "title": title},
            "revision": {"number": number, "sha256": revision_digest},
            "relying_party": {"id": rp.id, "origins": list(rp.origins)},
            "sign_offs": [
                _item(s.statement_bytes, s.level, s.evidence) for s in counting(sign_offs, revision_digest)
            ],
        }
    )


def _item(statement: bytes, level: Level, evidence: Mapping[str, object]) -> dict[str, object]:
    return {"statement": statement.decode(), "level": level.value, "evidence": evidence}
