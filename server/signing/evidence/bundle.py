"""The proof package `nachweise.json` that travels inside the PDF.

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

from server.domain.canonical import canonical_bytes, digest
from server.domain.sign_offs.statements import Level, SignOff, counting
from server.signing.evidence.bundle_check import BundleCheck, verify_bundle
from server.signing.evidence.bundle_reader import FORMAT
from server.signing.passkeys.relying_party import RelyingParty

__all__ = [
    "FORMAT",
    "BundleCheck",
    "bundle",
    "sign_off_digest",
    "verify_bundle",
]


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
