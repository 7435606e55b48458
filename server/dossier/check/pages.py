"""Are the pages those that the attached text and evidence give? Made again, and compared.

The rule: what the seal covers is a file that our renderer makes from the attachments, byte for byte (or, made
with another build of the compressing library, object by object, in the same order and with nothing between),
followed by the one revision that sealing adds: the field filled, its picture with the words that the
certificate and the time give, and the catalogue that names the seal. That revision is made again as well and
compared object by object, but for the value of the signature. What comes after the seal is the matter of
`signing/seal/check/later_revisions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.documents.model import Mark
from server.documents.parts.seal_box import seal_lines
from server.documents.reading.paint_rules import read_paint
from server.documents.reading.same_file import find_differences
from server.documents.render import RENDERER
from server.documents.seal_font import SEAL_FONT
from server.domain.release.verification import Finding
from server.dossier.attachment_names import (
    IMPRINT_NAME,
)
from server.dossier.check.attached_source import Differs, attached_source
from server.dossier.check.printed_facts import find_other_facts
from server.dossier.check.repacked import is_repacked
from server.dossier.imprint import Imprint, parse_imprint
from server.dossier.source import render_source
from server.signing.checks import Check, broken, differs, limited, proven, unreadable
from server.signing.evidence.log_proof import LogCheck
from server.signing.seal.sealed_again import read_seal


def check_pages(pdf: bytes, attached: Mapping[str, bytes], log: LogCheck) -> Finding:
    """Never raises for what is in the file. LIMITED for a file of another renderer, whose pages can only be
    read: the other findings about the document do that."""
    if IMPRINT_NAME not in attached:
        return _read(pdf, attached, log, "The file does not say which version of the renderer made its pages")
    try:
        imprint = parse_imprint(attached[IMPRINT_NAME])
        if imprint.renderer != RENDERER:
            said = (
                f"Version {imprint.renderer} of the renderer made the pages, and this is version {RENDERER}"
            )
            return _read(pdf, attached, log, said)
        source = attached_source(attached, imprint, log)
        return compare_pages(pdf, render_source(source), imprint, source.seal_reason)
    except Differs as error:
        return broken(Check.DOCUMENT_PAGES, str(error))
    except Exception as error:  # a stranger's bytes: every fault means the same
        detail = f"The pages cannot be made again from the attachments ({type(error).__name__})."
        return broken(Check.DOCUMENT_PAGES, detail)


def _read(pdf: bytes, attached: Mapping[str, bytes], log: LogCheck, why: str) -> Finding:
    """By rules for everything that pages of ours are painted with, and for what they say; never PROVEN."""
    try:
        painted = read_paint(pdf)
        other = find_other_facts(pdf, painted, attached, log)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return unreadable(Check.DOCUMENT_PAGES, f"The pages cannot be read ({type(error).__name__}).")
    if painted.strange:
        return broken(Check.DOCUMENT_PAGES, f"The pages have what ours never have: {painted.strange[0]}.")
    if other:
        return broken(Check.DOCUMENT_PAGES, f"The pages say something else than the evidence: {other[0]}.")
    detail = f"{why}, so they were read, but not made again."
    return limited(Check.DOCUMENT_PAGES, detail)


def compare_pages(pdf: bytes, base: bytes, imprint: Imprint, reason: str) -> Finding:
    """`base` is what the seal should cover, made again from the attachments, `reason` what the seal should
    say. Raises for a file without a readable seal."""
    seal = read_seal(pdf)
    if (Mark.TEST in imprint.marks) is not seal.is_test:
        return broken(Check.DOCUMENT_PAGES, "The pages and the seal disagree whether this is a trial.")
    lines = seal_lines(seal.holder, seal.at, is_test=seal.is_test)
    wanted = seal.again(base, SEAL_FONT, reason, imprint.seal_place, lines)
    if differences := find_differences(wanted, pdf[: seal.end]):
        what = "The pages are not what our renderer makes of the attachments"
        return differs(Check.DOCUMENT_PAGES, what, differences)
    same = pdf.startswith(base)
    if not same and not is_repacked(base, pdf):
        detail = "The file holds the same objects as our renderer makes, but is written in another way."
        return broken(Check.DOCUMENT_PAGES, detail)
    manner = "byte for byte" if same else "object by object"
    return proven(
        Check.DOCUMENT_PAGES,
        f"The pages, all they consist of, and the picture of the seal were made again from the attachments "
        f"and are equal {manner}.",
    )
