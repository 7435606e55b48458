"""A copy that its signatory signed with a personal certificate; it is attached to the document."""

from __future__ import annotations

from typing import Final

from server.domain.canonical import digest
from server.domain.people.person_names import fits
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level
from server.signing.checks import Check, broken, limited, missing, proven
from server.signing.evidence.bundle_reader import Item, reason
from server.signing.evidence.copy_signer import CopySigner
from server.signing.evidence.kind import Copies, EvidenceKind, Surroundings
from server.signing.evidence.signed_copy import JudgedCopy, copy_name, judge_copy
from server.signing.passkeys.assertion_check import BrokenEvidence, ensure
from server.signing.seal.check.seal_trust import Trust

_CHECK: Final = Check.SIGN_OFF_PDF_SIGNATURE
_FIELDS: Final = frozenset(
    {"kind", "name", "sha256", "base_length", "base_sha256", "statement_sha256", "subject", "issuer"}
)


def pdf_evidence(
    *, copy: bytes, base: bytes, ags: str, statement_digest: str, signer: CopySigner
) -> dict[str, object]:
    """`base` is what was handed out, `copy` what came back. The copy itself travels beside the package, under
    its name."""
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


def _check(item: Item, around: Surroundings) -> Finding:
    """MISSING without the copy, BROKEN for any other than the one that was signed. What holds is PROVEN where
    a trusted issuer vouches for the person, else LIMITED."""
    pdf = around.copies.files.get(copy_name(item.statement.ags))
    if pdf is None:
        detail = "The sign-off refers to a signed copy that is not part of this file."
        return missing(_CHECK, detail, item.subject)
    try:
        return _vouched(item, _ensure_copy(item, pdf, around.copies, around.trust), around.trust)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(_CHECK, reason(error), item.subject)


def _ensure_copy(item: Item, pdf: bytes, copies: Copies, trust: Trust) -> JudgedCopy:
    evidence = item.evidence
    length = _ensure_complete(item)
    base = pdf[:length]
    about = digest(item.statement_bytes)
    ensure(evidence["statement_sha256"] == about, "The record belongs to another statement.")
    ensure(evidence["sha256"] == digest(pdf), "The attached copy is not the one that was handed in.")
    ensure(evidence["base_sha256"] == digest(base), "The copy is not the one that was handed out.")
    parts = copies.read(pdf, length)
    ensure(parts.statement == item.statement_bytes, "The copy carries another statement.")
    ensure(digest(parts.text) == item.statement.revision_digest, "The copy carries another text.")
    judged = judge_copy(pdf, length, trust)
    named = (judged.signer.subject, judged.signer.issuer)
    ensure((evidence["subject"], evidence["issuer"]) == named, "The evidence names another certificate.")
    return judged


def _ensure_complete(item: Item) -> int:
    """The length of what was handed out."""
    length = item.evidence.get("base_length")
    right = (item.level, copy_name(item.statement.ags))
    said = (item.evidence.get("kind"), item.evidence.get("name"))
    if type(length) is not int or set(item.evidence) != _FIELDS or said != right:
        raise BrokenEvidence("The evidence has missing or surplus fields.")
    return length


def _vouched(item: Item, judged: JudgedCopy, trust: Trust) -> Finding:
    """In words that claim nothing beyond the certificate."""
    signer, who = judged.signer, item.statement.signatory
    is_named = fits(who, signer.names)
    said = f"{signer.subject} signed a copy of this text and statement. {_name(who, is_named=is_named)}"
    if judged.is_revoked:
        return broken(_CHECK, f"The certificate of {signer.subject} was revoked.", item.subject)
    if trust.roots is None:
        return limited(_CHECK, f"{said} {_unchecked(signer)}", item.subject)
    if not judged.is_trusted:
        return limited(_CHECK, f"{said} {_untrusted(signer)}", item.subject)
    outcome = proven if is_named and judged.is_unrevoked else limited
    revoked = "had not revoked" if judged.is_unrevoked else "may have revoked"
    issued = f"{signer.issuer}, which is trusted here, issued the certificate and {revoked} it."
    return outcome(_CHECK, f"{said} {issued} {_kind(signer)}", item.subject)


def _name(signatory: str, *, is_named: bool) -> str:
    if is_named:
        return f"The certificate bears the name of {signatory}."
    return f"The certificate does not bear the name of {signatory}: whether it is theirs is not shown."


def _unchecked(signer: CopySigner) -> str:
    return (
        f"{signer.issuer} issued it. Whether the issuer is to be trusted, whether it has revoked the "
        "certificate, and what kind of certificate it is was not checked."
    )


def _untrusted(signer: CopySigner) -> str:
    return f"{signer.issuer} issued it. That an authority trusted here vouches for this is not shown."


def _kind(signer: CopySigner) -> str:
    if signer.is_qualified:
        return "By its word the certificate is one for qualified electronic signatures."
    return "It does not say that the certificate is a qualified one."


KIND: Final = EvidenceKind(level=Level.PDF_SIGNATURE, fields=_FIELDS, check=_check)
