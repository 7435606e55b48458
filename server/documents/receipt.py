"""What a signatory has signed, as a file for their own records: the text, what they declared about it, how
and when. Same design as the declaration; nothing in it is to be signed, and it is no
copy of the declaration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from server.documents.model import JSON_TYPE, Attachment, FinalText, Mark, text_of_statement
from server.documents.parts.content_story import content_boxes
from server.documents.parts.verification_block import digest_groups
from server.documents.render import render_boxes
from server.documents.signing_copy import STATEMENT_NAME, declared, text_boxes
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.wording import (
    LEVEL_NOTES,
    RECEIPT,
    RECEIPT_FACTS,
    RECEIPT_HINT,
    RECEIPT_SUBJECT,
    RECEIPT_WITHDRAWN,
    german_time,
)
from server.domain.canonical import digest as sha256
from server.domain.sign_offs.statements import Level, Statement
from server.domain.text.content import Block, Content, Run


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """`statement_bytes` are those that were confirmed; `log_digest`: the SHA-256 of the sign-off, as it
    stands in the log and in the sealed document's evidence."""

    content: Content
    issuer: str
    fixed_at: datetime
    statement: Statement
    statement_bytes: bytes
    level: Level
    log_digest: str
    withdrawn: bool
    marks: frozenset[Mark] = field(default=frozenset())


def render_receipt(facts: ReceiptFacts, text_name: str) -> bytes:
    """PDF/A-3a and PDF/UA-1. The canonical text and the statement as it was confirmed are attached, as
    `text_name` and as `aussage.json`. The same facts give the same bytes."""
    said = facts.statement
    content, statement = facts.content.canonical(), facts.statement_bytes
    attached = [
        Attachment(text_name, JSON_TYPE, "Text der Erklärung, kanonisch (RFC 8785)", "Source", content),
        Attachment(STATEMENT_NAME, JSON_TYPE, "Aussage, wie sie bestätigt wurde", "Data", statement),
    ]

    def boxes(shown: FinalText, document: Element) -> list[Box]:
        return [
            *content_boxes(_proof(facts), document.add("Sect", title=RECEIPT)),
            *content_boxes(declared(said), document.add("Sect", title=RECEIPT)),
            *text_boxes(shown, document),
        ]

    return render_boxes(
        text_of_statement(facts.statement, facts.content, facts.issuer, facts.fixed_at, facts.marks),
        boxes,
        RECEIPT_SUBJECT,
        attached,
        spare_fields=0,
    )


def _proof(facts: ReceiptFacts) -> Content:
    """First what the file is, then what identifies the answer."""
    said = facts.statement
    values = (
        LEVEL_NOTES[facts.level],
        german_time(said.at),
        digest_groups(sha256(facts.statement_bytes)),
        digest_groups(facts.log_digest),
    )
    lines = (
        Block("bullet", 1, (Run(f"{name}:", strong=True), Run(f" {value}")))
        for name, value in zip(RECEIPT_FACTS, values, strict=True)
    )
    taken_back = [Block("paragraph", 0, (Run(RECEIPT_WITHDRAWN, strong=True),))] if facts.withdrawn else []
    return Content(
        (
            Block("heading", 2, (Run(RECEIPT),)),
            Block("paragraph", 0, (Run(RECEIPT_HINT),)),
            *taken_back,
            *lines,
        )
    )
