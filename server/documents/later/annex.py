"""The annex: who joined after the seal. Same design as the declaration, a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from server.documents.model import Attachment, FinalText, Mark, SignatoryLine
from server.documents.parts.content_story import content_boxes
from server.documents.parts.proof import proof_boxes
from server.documents.parts.signatories import signatory_boxes
from server.documents.parts.statements import statement_boxes
from server.documents.parts.title_block import title_boxes
from server.documents.parts.verification_block import digest_groups, verification_boxes
from server.documents.render import render_boxes
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import MM
from server.documents.wording import (
    ANNEX,
    ANNEX_LEADS,
    ANNEX_SUBJECT,
    ANNEX_TITLES,
    JOINED,
    JOINED_NAMES,
    JOINED_TEXT,
    german_day,
    german_time,
)
from server.domain.release.accessions import Annex
from server.domain.text.content import Block, BlockKind, Content, Run


@dataclass(frozen=True, slots=True)
class AnnexText:
    """Everything that is printed, as `FinalText`; `short_code` and `verify_url` are the annex's own."""

    annex: Annex
    issuer: str
    signatories: tuple[SignatoryLine, ...]
    short_code: str
    verify_url: str
    created: datetime
    marks: frozenset[Mark] = field(default=frozenset())


def render_annex(text: AnnexText, attachments: Sequence[Attachment] = ()) -> bytes:
    """PDF/A-3a and PDF/UA-1 with the same empty signature fields as the declaration.

    Raises UnprintableText; ValueError for lines that are not those of the annex.
    """
    if tuple(line.municipality.ags for line in text.signatories) != text.annex.municipalities:
        raise ValueError("the signatories are not those of the annex")
    return render_boxes(_as_final(text), _boxes, ANNEX_SUBJECT, attachments)


def annex_content(annex: Annex) -> Content:
    """What the section „Beitritt“ says, from nothing but the facts: verification compares it."""
    sealed, several = annex.sealed, len(annex.municipalities) > 1
    facts = (
        sealed.title,
        f"{sealed.revision} vom {german_day(sealed.fixed_at)}",
        german_time(sealed.sealed_at),
        sealed.short_code,
        digest_groups(sealed.digest),
    )
    return Content(
        (
            _block("heading", 1, ANNEX_TITLES[several].format(title=sealed.title)),
            _block("paragraph", 0, ANNEX_LEADS[several].format(number=annex.number)),
            _block("heading", 2, JOINED_TEXT),
            *(
                Block("bullet", 1, (Run(f"{name}:", strong=True), Run(f" {fact}")))
                for name, fact in zip(JOINED_NAMES, facts, strict=True)
            ),
        )
    )


def _block(kind: BlockKind, level: int, text: str) -> Block:
    return Block(kind, level, (Run(text),))


def _as_final(text: AnnexText) -> FinalText:
    sealed = text.annex.sealed
    return FinalText(
        content=annex_content(text.annex),
        issuer=text.issuer,
        revision=sealed.revision,
        digest=sealed.digest,
        fixed_at=sealed.fixed_at,
        signatories=text.signatories,
        short_code=text.short_code,
        verify_url=text.verify_url,
        created=text.created,
        marks=text.marks,
    )


def _boxes(text: FinalText, document: Element) -> list[Box]:
    return [
        *title_boxes(text, document, has_title=True, gap=5 * MM),
        *content_boxes(text.content, document.add("Sect", title=ANNEX)),
        *signatory_boxes(text.signatories, document, JOINED),
        *statement_boxes(text.signatories, document),
        *proof_boxes(text.signatories, document),
        *verification_boxes(text, document, with_digest=False),
    ]
