"""The check of an erratum or a withdrawal: nobody signs one off, so it has no evidence but its seal."""

from __future__ import annotations

from collections.abc import Mapping

from server.documents.later.addendum import addendum_content
from server.documents.later.addendum_words import ADDENDUM
from server.documents.reading.paint_rules import read_paint
from server.documents.reading.read_back import compare_with_content
from server.documents.render import RENDERER
from server.domain.release.addenda import Addendum, AddendumKind, parse_addendum
from server.domain.release.verification import Finding, Outcome, VerificationReport
from server.dossier.addendum import AddendumSource
from server.dossier.attachment_names import ADDENDUM_NAME, IMPRINT_NAME
from server.dossier.check.pages import compare_pages
from server.dossier.imprint import Imprint, parse_imprint
from server.signing.checks import Check, broken, differs, limited, proven, unreadable
from server.signing.seal.check.verification import SealCheck


def verify_addendum(pdf: bytes, attached: Mapping[str, bytes], seal: SealCheck) -> VerificationReport:
    """Never raises for what is in the file."""
    try:
        addendum = parse_addendum(attached[ADDENDUM_NAME])
        imprint = parse_imprint(attached[IMPRINT_NAME])
    except (KeyError, ValueError) as error:
        detail = f"The facts cannot be read ({type(error).__name__})."
        findings = (*seal.findings, broken(Check.ADDENDUM_DECLARATION, detail))
        return VerificationReport(findings, seal=seal.facts)
    text = addendum.original.text
    pages, said = _pages(pdf, addendum, imprint), _text(pdf, addendum)
    if pages.outcome is Outcome.LIMITED and said.outcome is Outcome.PROVEN:
        detail = "Software that reads the pages finds this in them. What people see was not compared."
        said = limited(Check.DOCUMENT_TEXT, detail)
    findings = (*seal.findings, _names(addendum), pages, said)
    return VerificationReport(findings, text.title, text.revision, text.digest, seal=seal.facts)


def _names(addendum: Addendum) -> Finding:
    original = addendum.original
    what = "Erratum" if addendum.kind is AddendumKind.ERRATUM else "Withdrawal"
    return proven(
        Check.ADDENDUM_DECLARATION,
        f"{what} (addendum {addendum.number}) to the sealed declaration {original.text.short_code}, "
        f"whose first {original.length} bytes have the SHA-256 {original.sha256}.",
        original.text.short_code,
    )


def _pages(pdf: bytes, addendum: Addendum, imprint: Imprint) -> Finding:
    try:
        if imprint.renderer == RENDERER:
            source = AddendumSource(imprint, addendum)
            return compare_pages(pdf, source.render(), imprint, source.seal_reason)
        if strange := read_paint(pdf).strange:
            return broken(Check.DOCUMENT_PAGES, f"The pages have what ours never have: {strange[0]}.")
    except Exception as error:  # a stranger's bytes: every fault means the same
        detail = f"The pages cannot be made again from the attachments ({type(error).__name__})."
        return broken(Check.DOCUMENT_PAGES, detail)
    return limited(
        Check.DOCUMENT_PAGES,
        f"Version {imprint.renderer} of the renderer made the pages, and this is version {RENDERER}, so they "
        "were read, but not made again.",
    )


def _text(pdf: bytes, addendum: Addendum) -> Finding:
    try:
        differences = compare_with_content(pdf, addendum_content(addendum), ADDENDUM)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return unreadable(Check.DOCUMENT_TEXT, f"The text cannot be read ({type(error).__name__}).")
    if differences:
        return differs(Check.DOCUMENT_TEXT, "The pages do not say what the attached facts say", differences)
    return proven(Check.DOCUMENT_TEXT, "The pages say what the attached facts say.")
