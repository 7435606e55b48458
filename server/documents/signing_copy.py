"""The copy that a signatory signs with a certificate of their own: the text, what they declare about it, and
one empty signature field. Same design as the declaration, a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pikepdf import ObjectStreamMode

from server.documents.model import JSON_TYPE, Attachment, FinalText, Mark, text_of_statement
from server.documents.parts.content_story import begins_with_title, content_boxes
from server.documents.parts.seal_box import SEAL_SIZE, SealBox
from server.documents.parts.statements import reservation
from server.documents.parts.title_block import title_boxes
from server.documents.parts.verification_block import digest_groups
from server.documents.printable import ensure_printable
from server.documents.render import render_boxes
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, KeepTogether
from server.documents.typeset.styles import HEADINGS, MEASURE, NOTE
from server.documents.typeset.text_box import plain_box
from server.documents.wording import (
    ANSWERS,
    COPY_FACTS,
    COPY_HINT,
    COPY_SUBJECT,
    DECLARED,
    REASONS,
    REPRESENTS_BECAUSE,
    SIGNATURE,
    SIGNATURE_TOOLTIP,
    TEXT,
    full_name,
    german_time,
)
from server.domain.sign_offs.statements import Statement
from server.domain.text.content import Block, Content, Run

FIELD: Final = "Unterschrift"
STATEMENT_NAME: Final = "aussage.json"


@dataclass(frozen=True, slots=True)
class SigningCopy:
    """Everything that is printed: the revision that the statement names, and the statement itself."""

    content: Content
    issuer: str
    fixed_at: datetime
    statement: Statement
    marks: frozenset[Mark] = field(default=frozenset())


def render_signing_copy(copy: SigningCopy, text_name: str) -> bytes:
    """PDF/A-3a and PDF/UA-1 with the empty field `Unterschrift`. The canonical text and the canonical
    statement are attached, as `text_name` and as `aussage.json`.

    Written in the oldest PDF version, since all kinds of software will add a signature. The same copy gives
    the same bytes. Raises UnprintableText; ValueError for a text that the statement is
    not about.
    """
    said = copy.statement
    if copy.content.digest != said.revision_digest:
        raise ValueError("the statement is about another text")
    ensure_printable(declared(said))
    content = copy.content.canonical()
    text = Attachment(text_name, JSON_TYPE, "Text der Erklärung, kanonisch (RFC 8785)", "Source", content)
    statement = Attachment(STATEMENT_NAME, JSON_TYPE, "Aussage, kanonisch", "Data", said.canonical())

    def boxes(shown: FinalText, document: Element) -> list[Box]:
        return [*text_boxes(shown, document), *_statement_boxes(said, document)]

    return render_boxes(
        text_of_statement(copy.statement, copy.content, copy.issuer, copy.fixed_at, copy.marks),
        boxes,
        COPY_SUBJECT,
        [text, statement],
        spare_fields=0,
        objects=ObjectStreamMode.disable,
    )


def declared(said: Statement) -> Content:
    """What the section „Mitzeichnung“ says, from nothing but the statement: verification compares it."""
    facts = (
        Block("bullet", 1, (Run(f"{name}:", strong=True), Run(f" {fact}"))) for name, fact in _facts(said)
    )
    return Content(
        (
            Block("heading", 2, (Run(DECLARED),)),
            Block("paragraph", 0, (Run(said.wording),)),
            *facts,
            *_words(said),
        )
    )


def _facts(said: Statement) -> Iterator[tuple[str, str]]:
    town, name, title, represents, answer, digest, made = COPY_FACTS
    yield town, full_name(said.town)
    yield name, said.signatory
    yield title, said.title
    if said.capacity.facts.stands_for:
        yield represents, _represented(said)
    yield answer, _answer(said)
    yield digest, digest_groups(said.revision_digest)
    yield made, german_time(said.at)


def _represented(said: Statement) -> str:
    if not said.reason_for_representation:
        return said.represents
    return REPRESENTS_BECAUSE.format(name=said.represents, reason=said.reason_for_representation)


def _answer(said: Statement) -> str:
    if said.answer.facts.needs_council:
        return reservation(*said.council)
    return ANSWERS[said.answer].copy


def _words(said: Statement) -> list[Block]:
    """The Protokollerklärung, or why somebody declines, paragraph by paragraph."""
    lines = [line.strip() for line in said.text.splitlines() if line.strip()]
    if not lines:
        return []
    title = REASONS[said.answer.facts.gives_reason]
    return [
        Block("heading", 3, (Run(title),)),
        *(Block("paragraph", 0, (Run(line),)) for line in lines),
    ]


def text_boxes(text: FinalText, document: Element) -> list[Box]:
    """Title and text of the declaration, and nothing of those who sign it."""
    head = title_boxes(text, document, has_title=begins_with_title(text.content))
    return [*head, *content_boxes(text.content, document.add("Sect", title=TEXT))]


def _statement_boxes(said: Statement, document: Element) -> list[Box]:
    """What is declared, and the field in one piece with its heading."""
    shown = content_boxes(declared(said), document.add("Sect", title=DECLARED))
    section = document.add("Sect", title=SIGNATURE)
    heading = plain_box(SIGNATURE, HEADINGS[2], section.add("H2"), MEASURE)
    hint = plain_box(COPY_HINT, NOTE, section.add("P"), MEASURE)
    hint.after = 8
    tooltip = SIGNATURE_TOOLTIP.format(name=said.signatory, title=said.title)
    box = SealBox(FIELD, tooltip, *SEAL_SIZE, section.add("Form"))
    return [*shown, KeepTogether([heading, hint, box], before=heading.before)]
