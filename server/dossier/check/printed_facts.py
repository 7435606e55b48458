"""Revision, day, code, address and digest as pages say them, compared with the evidence.

For documents of another renderer, whose pages can only be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from server.documents.later.annex import annex_content
from server.documents.parts.closing import closing_texts
from server.documents.parts.verification_block import digest_groups
from server.documents.reading.paint_rules import Painted
from server.documents.reading.read_back import read_text
from server.documents.reading.structure_reader import ReadBlock
from server.documents.tagging.addresses import ascii_address
from server.documents.wording import (
    CLOSING,
    CODE,
    MARKS,
    NO_TITLE,
    PAGE,
    QR_ALT,
    REVISION,
    VERIFICATION,
    german_day,
)
from server.domain.text.content import parse_content
from server.dossier.attachment_names import EVIDENCE_NAME, IMPRINT_NAME
from server.dossier.check.attached_source import attached_source
from server.dossier.imprint import Imprint, parse_imprint
from server.dossier.source import Source, final_text
from server.signing.evidence.bundle_reader import parse_bundle
from server.signing.evidence.log_proof import LogCheck

_FURNITURE: Final = frozenset({"·", "…", CODE, *PAGE.split(), *(word for word, _ in MARKS.values())})
_END: Final = ",;:–"
"""What a title that is cut short loses at its end."""


def find_other_facts(pdf: bytes, painted: Painted, attached: Mapping[str, bytes], log: LogCheck) -> list[str]:
    """As parts of a sentence in English; empty when nothing differs. Raises as the readers do."""
    origins = parse_bundle(attached[EVIDENCE_NAME]).rp.origins
    imprint = parse_imprint(attached[IMPRINT_NAME]) if IMPRINT_NAME in attached else Imprint("", "")
    sources = [attached_source(attached, replace(imprint, base_url=origin), log) for origin in origins]
    blocks = read_text(pdf)
    allowed = _furniture(sources[0], painted.pages)
    found = list(_differences(blocks, sources))
    if any(word.rstrip(_END) not in allowed for word in painted.furniture):
        found.append("other words in the margins")
    return found


def _furniture(source: Source, count: int) -> frozenset[str]:
    """The words that our header and footer may consist of."""
    content = annex_content(source.annex) if source.annex else parse_content(source.content)
    words = " ".join((content.title, NO_TITLE, _revision_line(source), source.short_code)).split()
    return _FURNITURE | {word.rstrip(_END) for word in words} | {str(n) for n in range(1, count + 1)}


def _revision_line(source: Source) -> str:
    return REVISION.format(number=source.revision, day=german_day(source.fixed_at))


def _differences(blocks: Sequence[ReadBlock], sources: Sequence[Source]) -> Iterator[str]:
    source = sources[0]
    line = _revision_line(source)
    if [block.text for block in blocks if not block.section and block.text == line] != [line]:
        yield "another revision or day"
    closing = [block.text for block in blocks if block.section == CLOSING]
    if closing and (source.annex or closing != closing_texts(final_text(source))):
        yield "another place, day or closing formula"
    section = [block for block in blocks if block.section == VERIFICATION]
    said = [block.text for block in section]
    addresses = [source.verify_url for source in sources if source.verify_url in said]
    if source.short_code not in said:
        yield "another code"
    if not addresses:
        yield "another address"
        return
    if digest_groups(source.digest) not in said:
        yield "another digest"
    if [block.text for block in section if block.kind == "figure"] != [QR_ALT.format(address=addresses[0])]:
        yield "another QR code"
    links = {run.link for block in section for run in block.runs} - {None}
    if links != {ascii_address(addresses[0])}:
        yield "another link"
