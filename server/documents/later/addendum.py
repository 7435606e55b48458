"""An erratum or a withdrawal: one sealed page that names the declaration, and leaves it as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

from server.documents.later.addendum_words import (
    ADDENDUM,
    ADDENDUM_LEADS,
    ADDENDUM_NAMES,
    ADDENDUM_SUBJECTS,
    ADDENDUM_TEXT,
    ADDENDUM_TITLES,
    CORRECTION,
    CORRECTIONS,
    REASON,
)
from server.documents.model import Attachment, FinalText, Mark
from server.documents.parts.content_story import content_boxes
from server.documents.parts.title_block import title_boxes
from server.documents.parts.verification_block import digest_groups, verification_boxes
from server.documents.render import render_boxes
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import MM
from server.documents.wording import german_day, german_time
from server.domain.release.addenda import Addendum
from server.domain.text.content import Block, BlockKind, Content, Run

_GUIDE: Final = "addendum_guide.txt"


@dataclass(frozen=True, slots=True)
class AddendumText:
    """Everything that is printed; `short_code` and `verify_url` are the addendum's own."""

    addendum: Addendum
    issuer: str
    short_code: str
    verify_url: str
    marks: frozenset[Mark] = field(default=frozenset())


def render_addendum(text: AddendumText, attachments: Sequence[Attachment] = ()) -> bytes:
    """PDF/A-3a and PDF/UA-1 with the same empty signature fields as the declaration. Raises
    UnprintableText."""
    return render_boxes(_as_final(text), _boxes, ADDENDUM_SUBJECTS[text.addendum.kind], attachments)


def addendum_content(addendum: Addendum) -> Content:
    """What the page says, from nothing but the facts: verification compares it."""
    return Content(tuple(_blocks(addendum)))


def _blocks(addendum: Addendum) -> Iterator[Block]:
    kind, original, draft = addendum.kind, addendum.original, addendum.draft
    sealed = original.text
    yield _block("heading", 1, ADDENDUM_TITLES[kind].format(title=sealed.title))
    lead = ADDENDUM_LEADS[kind].format(number=addendum.number, day=german_day(addendum.at))
    yield _block("paragraph", 0, lead)
    yield _block("heading", 2, REASON)
    for line in draft.reason.splitlines():
        if line.strip():
            yield _block("paragraph", 0, line.strip())
    if draft.corrections:
        yield _block("heading", 2, CORRECTIONS)
    for each in draft.corrections:
        said = CORRECTION.format(wrong=each.wrong, right=each.right)
        yield Block("bullet", 1, (Run(f"{each.place}:", strong=True), Run(f" {said}")))
    yield _block("heading", 2, ADDENDUM_TEXT)
    facts = (
        sealed.title,
        f"{sealed.revision} vom {german_day(sealed.fixed_at)}",
        german_time(sealed.sealed_at),
        sealed.short_code,
        digest_groups(sealed.digest),
        digest_groups(original.sha256),
    )
    for name, fact in zip(ADDENDUM_NAMES, facts, strict=True):
        label = name.format(length=original.length)
        yield Block("bullet", 1, (Run(f"{label}:", strong=True), Run(f" {fact}")))


def addendum_guide(addendum: Addendum) -> str:
    """The attachment `LIESMICH.txt`, in German, as `archive_guide`."""
    guide = (files(__package__) / _GUIDE).read_text(encoding="utf-8")
    places = {"{{LENGTH}}": str(addendum.original.length), "{{DIGEST}}": addendum.original.sha256}
    for place, part in places.items():
        guide = guide.replace(place, part)
    return guide


def _block(kind: BlockKind, level: int, text: str) -> Block:
    return Block(kind, level, (Run(text),))


def _as_final(text: AddendumText) -> FinalText:
    sealed = text.addendum.original.text
    return FinalText(
        content=addendum_content(text.addendum),
        issuer=text.issuer,
        revision=sealed.revision,
        digest=sealed.digest,
        fixed_at=sealed.fixed_at,
        signatories=(),
        short_code=text.short_code,
        verify_url=text.verify_url,
        created=text.addendum.at,
        marks=text.marks,
    )


def _boxes(text: FinalText, document: Element) -> list[Box]:
    return [
        *title_boxes(text, document, has_title=True, gap=5 * MM),
        *content_boxes(text.content, document.add("Sect", title=ADDENDUM)),
        *verification_boxes(text, document, with_digest=False),
    ]
