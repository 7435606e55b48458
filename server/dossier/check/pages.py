"""Are the pages those that the attached text and evidence give? Made again, and compared.

The rule: what the seal covers is a file that our renderer makes from the attachments, byte for byte (or, made
with another build of the compressing library, object by object), followed by the one revision that sealing
adds: the field filled, its picture with the words that the certificate and the time give, and the catalogue
that names the seal. That revision is made again as well and compared object by object, but for the value of
the signature. What comes after the seal is the matter of `signing/seal/later_revisions.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from server.documents.model import Mark
from server.documents.parts.seal_box import seal_lines
from server.documents.reading.paint_rules import find_strange_paint
from server.documents.reading.same_file import find_difference
from server.documents.render import RENDERER
from server.documents.seal_font import SEAL_FONT
from server.domain.accessions import parse_annex
from server.domain.audit import Tag
from server.domain.sign_offs import Level, parse_timestamp
from server.domain.verification import Finding
from server.dossier.attachment_names import (
    ANNEX_NAME,
    EVIDENCE_NAME,
    HEAD_NAME,
    IMPRINT_NAME,
    LOG_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.dossier.imprint import Imprint, parse_imprint
from server.dossier.source import Given, Proofs, Source, render_source
from server.signing.checks import Check, broken, limited, proven
from server.signing.evidence.bundle_reader import Bundle, parse_bundle, parse_item
from server.signing.evidence.log_proof import LogCheck
from server.signing.evidence.signed_copy import copy_name
from server.signing.seal.sealed_again import SealFacts, read_seal


class _Differs(ValueError):
    """The message says what, in plain English."""


def check_pages(pdf: bytes, attached: Mapping[str, bytes], log: LogCheck) -> Finding:
    """Never raises for what is in the file. LIMITED for a file of another renderer, whose pages can only be
    read: the other findings about the document do that."""
    if IMPRINT_NAME not in attached:
        return _read(pdf, "The file does not say which version of the renderer made its pages")
    try:
        imprint = parse_imprint(attached[IMPRINT_NAME])
        if imprint.renderer != RENDERER:
            said = (
                f"Version {imprint.renderer} of the renderer made the pages, and this is version {RENDERER}"
            )
            return _read(pdf, said)
        return _compare(pdf, _source(attached, imprint, log), read_seal(pdf))
    except _Differs as error:
        return broken(Check.DOCUMENT_PAGES, str(error))
    except Exception as error:  # a stranger's bytes: every fault means the same
        detail = f"The pages cannot be made again from the attachments ({type(error).__name__})."
        return broken(Check.DOCUMENT_PAGES, detail)


def _read(pdf: bytes, why: str) -> Finding:
    """By rules for everything that pages of ours are painted with; never PROVEN."""
    try:
        strange = find_strange_paint(pdf)
    except Exception as error:  # a stranger's bytes: every fault means the same
        return broken(Check.DOCUMENT_PAGES, f"The pages cannot be read ({type(error).__name__}).")
    if strange:
        return broken(Check.DOCUMENT_PAGES, f"The pages have what ours never have: {strange[0]}.")
    detail = f"{why}, so they were read, but not made again."
    return limited(Check.DOCUMENT_PAGES, detail)


def _source(attached: Mapping[str, bytes], imprint: Imprint, log: LogCheck) -> Source:
    bundle = parse_bundle(attached[EVIDENCE_NAME])
    if imprint.base_url not in bundle.rp.origins:
        raise _Differs("The verification address is not one of the service that the evidence names.")
    items = [parse_item(item, bundle) for item in bundle.items]
    signed = [item.statement.ags for item in items if item.level is Level.PDF_SIGNATURE]
    source = Source(
        imprint=imprint,
        title=bundle.title,
        revision=bundle.number,
        content=attached[TEXT_NAME],
        digest=bundle.digest,
        fixed_at=_fixed_at(bundle, log),
        given=[Given(item.statement, item.statement_bytes, item.level) for item in items],
        proofs=Proofs(
            attached[EVIDENCE_NAME],
            attached[LOG_NAME],
            attached[HEAD_NAME],
            attached.get(STAMP_NAME),
            {ags: attached[copy_name(ags)] for ags in signed},
        ),
        annex=parse_annex(attached[ANNEX_NAME]) if ANNEX_NAME in attached else None,
    )
    if source.annex is not None and source.annex.sealed.fixed_at != source.fixed_at:
        raise _Differs("The annex says another day of the text than the log.")
    return source


def _fixed_at(bundle: Bundle, log: LogCheck) -> datetime:
    """When the log says that this revision was fixed; what was opened and fixed again kept its number."""
    events = [json.loads(entry) for entry in log.entries]
    fixed = {"revision": bundle.number, "sha256": bundle.digest}
    times = [
        parse_timestamp(event["at"])
        for event in events
        if (event["tag"], event["declaration"], event["facts"]) == (Tag.TEXT_FREEZE, bundle.slug, fixed)
    ]
    if not times:
        raise _Differs("The log does not say when the text was fixed.")
    return min(times)


def _compare(pdf: bytes, source: Source, seal: SealFacts) -> Finding:
    if (Mark.TEST in source.imprint.marks) is not seal.is_test:
        raise _Differs("The pages and the seal disagree whether this is a trial.")
    base = render_source(source)
    lines = seal_lines(seal.holder, seal.at, is_test=seal.is_test)
    wanted = seal.again(base, SEAL_FONT, source.seal_reason, source.imprint.issuer, lines)
    if difference := find_difference(wanted, pdf[: seal.end]):
        raise _Differs(f"The pages are not what our renderer makes of the attachments: {difference} differs.")
    manner = "byte for byte" if pdf.startswith(base) else "object by object"
    return proven(
        Check.DOCUMENT_PAGES,
        f"The pages, all they consist of, and the picture of the seal were made again from the attachments "
        f"and are equal {manner}.",
    )
