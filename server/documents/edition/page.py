"""One self-contained file of HTML: no script, no font, no picture, nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from server.documents.edition.markup import Markup, element, joined, lines
from server.documents.edition.prose import content_parts
from server.documents.edition.sections import closing, proof, signatories, statements, verification
from server.documents.model import Attachment, FinalText
from server.documents.parts.content_story import begins_with_title, opening_length
from server.documents.parts.furniture import short_title
from server.documents.parts.summary import whom
from server.documents.parts.title_block import revision_line
from server.documents.wording import LOOK_UP, MARKS, NO_TITLE, SIGNED_BY


def render_edition(
    text: FinalText, attachments: Sequence[Attachment] = (), only_in_pdf: Sequence[str] = ()
) -> bytes:
    """UTF-8; the same facts give the same bytes. Attachments lie in the file itself, except those that are
    named in `only_in_pdf`. Raises ValueError for a digest that is not the content's, for a text that
    nobody signed, and for one without a code."""
    if text.digest != text.content.digest:
        raise ValueError("the digest is not that of the content")
    if not text.signatories or not text.short_code:
        raise ValueError("nothing that could be checked")
    page = element("html", _head(text), _body(text, attachments, only_in_pdf), lang=text.lang)
    return f"<!doctype html>\n{page}\n".encode()


def _head(text: FinalText) -> Markup:
    style = _style()
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        lines(
            (
                element("meta", charset="utf-8"),
                element("meta", http_equiv="Content-Security-Policy", content=policy),
                element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                element("meta", name="color-scheme", content="light dark"),
                element("meta", name="author", content=text.issuer),
                element("title", short_title(text)),
                element("style", Markup(style)),
            )
        ),
    )


def _style() -> str:
    return (files(__package__) / "edition.css").read_text(encoding="utf-8")


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _body(text: FinalText, attachments: Sequence[Attachment], only_in_pdf: Sequence[str]) -> Markup:
    begin, end = opening_length(text.content), len(text.content.blocks)
    title = [] if begins_with_title(text.content) else [element("h1", NO_TITLE)]
    opening = element("div", *title, *content_parts(text.content, 0, begin), class_="text opening")
    article = element(
        "article",
        opening,
        _summary(text),
        element("div", lines(content_parts(text.content, begin, end)), class_="text"),
    )
    check = verification(text, attachments, only_in_pdf)
    parts = (article, closing(text), signatories(text), *statements(text), proof(text), check)
    return element("body", _issuer(text), element("main", lines(parts)))


def _issuer(text: FinalText) -> Markup:
    marks = [_mark(*MARKS[mark]) for mark in sorted(text.marks)]
    said = element("p", element("strong", text.issuer), element("span", revision_line(text)))
    return element("header", said, *marks)


def _mark(word: str, sentence: str) -> Markup:
    return element("p", joined([element("strong", f"{word}:"), f" {sentence}"]), class_="mark")


def _summary(text: FinalText) -> Markup:
    signed = SIGNED_BY.format(whom=whom(text.signatories))
    code = LOOK_UP.format(code=text.short_code)
    links = (element("a", signed, href="#mitgezeichnet"), element("a", code, href="#pruefen"))
    return element("p", *links, class_="summary")
