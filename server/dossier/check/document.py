"""The check of a final document: seal, text and every sign-off, offline and without our database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from server.documents.reading.read_back import compare_with_content
from server.domain.release.differences import Difference, DifferenceKind
from server.domain.release.verification import Finding, Outcome, VerificationReport
from server.domain.text.content import read_content
from server.dossier.attachment_names import (
    ADDENDUM_NAME,
    ANNEX_NAME,
    EVIDENCE_NAME,
    HEAD_NAME,
    LOG_NAME,
    PLAIN_TEXT_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.dossier.check.addendum import verify_addendum
from server.dossier.check.annex import check_annex
from server.dossier.check.attached_copies import attached_copies
from server.dossier.check.copies import check_copies
from server.dossier.check.first_look import look_at
from server.dossier.check.pages import check_pages
from server.dossier.check.signatories import check_signatories
from server.signing.checks import Check, differs, limited, missing, proven, unreadable
from server.signing.evidence.bundle_check import BundleCheck, verify_bundle
from server.signing.evidence.log_proof import check_logged, verify_proofs
from server.signing.evidence.tree_head import check_tree_head
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.check.seal_trust import Trust
from server.signing.seal.check.verification import examine_seal

_PAGES: Final = frozenset({Check.DOCUMENT_TEXT, Check.DOCUMENT_SIGNATORIES})
REQUIRED: Final = (TEXT_NAME, EVIDENCE_NAME, LOG_NAME, HEAD_NAME)


def verify_document(
    pdf: bytes,
    trust_roots: Sequence[bytes] | None = None,
    expected: RelyingParty | None = None,
    at: datetime | None = None,
) -> VerificationReport:
    """`trust_roots`: certificates (DER) that may stand above the seal and above the certificates of persons;
    None: sealers and signers are named but not judged. `expected`: the service that should have asked for the
    passkeys; None: the file's own word is reported. `at`: the time of the check, by default now.

    Never raises for what is in the file.
    """
    found = look_at(pdf)
    if isinstance(found, VerificationReport):
        return found
    return verify_attached(pdf, found, trust_roots, expected, at)


def verify_attached(
    pdf: bytes,
    attached: Mapping[str, bytes],
    trust_roots: Sequence[bytes] | None = None,
    expected: RelyingParty | None = None,
    at: datetime | None = None,
) -> VerificationReport:
    """`verify_document` for a file that `look_at` let pass, with the attachments that it read."""
    seal = examine_seal(pdf, trust_roots=trust_roots, at=at)
    if ADDENDUM_NAME in attached:
        return verify_addendum(pdf, attached, seal)
    findings = list(seal.findings)
    if absent := [name for name in REQUIRED if name not in attached]:
        detail = (
            f"Not attached: {', '.join(absent)}. This is no final document of Kraftakt, or not a whole one."
        )
        findings.append(missing(Check.DOCUMENT_ATTACHMENTS, detail))
        return VerificationReport(tuple(findings), seal=seal.facts)
    evidence = verify_bundle(
        attached[EVIDENCE_NAME],
        attached[TEXT_NAME],
        expected=expected,
        copies=attached_copies(attached),
        trust=Trust(trust_roots, seal.stood_at or at or datetime.now(UTC)),
    )
    report = _verify_evidence(pdf, attached, evidence, trust_roots, findings)
    return replace(report, seal=seal.facts)


def _verify_evidence(
    pdf: bytes,
    attached: Mapping[str, bytes],
    evidence: BundleCheck,
    roots: Sequence[bytes] | None,
    findings: list[Finding],
) -> VerificationReport:
    log = verify_proofs(attached[LOG_NAME])
    findings += [*evidence.findings, *log.findings, *check_logged(evidence, log)]
    findings += check_tree_head(attached[HEAD_NAME], attached.get(STAMP_NAME), log, roots, evidence.service)
    pages = check_pages(pdf, attached, log)
    findings += [pages, *_as_far_as(pages, _read_pages(pdf, attached, evidence))]
    return VerificationReport(
        tuple(findings), evidence.title, evidence.revision, evidence.digest, evidence.sign_offs
    )


def _read_pages(pdf: bytes, attached: Mapping[str, bytes], evidence: BundleCheck) -> list[Finding]:
    """What their structure says: a second eye beside making them again."""
    package, text = attached[EVIDENCE_NAME], attached[TEXT_NAME]
    findings = [check_signatories(pdf, package), *check_copies(attached, package, text)]
    if ANNEX_NAME in attached:
        return [*findings, *check_annex(pdf, attached[ANNEX_NAME], package, evidence)]
    return [*findings, _check_printed(pdf, text, attached.get(PLAIN_TEXT_NAME))]


def _as_far_as(pages: Finding, findings: Sequence[Finding]) -> list[Finding]:
    """Structure alone does not prove what people see."""
    if pages.outcome is Outcome.PROVEN:
        return list(findings)
    return [_read_only(finding) if _is_about_pages(finding) else finding for finding in findings]


def _is_about_pages(finding: Finding) -> bool:
    return finding.outcome is Outcome.PROVEN and finding.check in _PAGES


def _read_only(finding: Finding) -> Finding:
    detail = "Software that reads the pages finds this in them. What people see was not compared."
    return limited(Check(finding.check), detail, finding.subject)


def _check_printed(pdf: bytes, text: bytes, plain: bytes | None) -> Finding:
    """Is what a reader sees what was signed?"""
    try:
        content = read_content(text)
        differences = compare_with_content(pdf, content)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return unreadable(Check.DOCUMENT_TEXT, f"The text cannot be read ({type(error).__name__}).")
    if plain is not None and plain.decode("utf-8", "replace") != content.plain_text:
        differences.append(Difference(DifferenceKind.PLAIN_TEXT))
    if differences:
        return differs(Check.DOCUMENT_TEXT, "The pages do not show the signed text", differences)
    return proven(Check.DOCUMENT_TEXT, "The pages show the signed text, block for block.")
