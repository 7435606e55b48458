"""Translations of a published declaration: a page and files for each, under the German text's address."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.documents.edition.prose import clause_ids, content_parts
from server.domain.errors import NotFound
from server.domain.people.languages import LANGUAGES, Language
from server.domain.text.content import Block
from server.domain.text.live_text import beginning
from server.domain.text.translations.languages import MARK, OUTDATED, TextLanguage, language_named
from server.domain.text.translations.translations import FixedTranslation
from server.web.http.addresses import slug_of
from server.web.http.context import Web, services_of, web_of
from server.web.http.pages.footer import FOOTER
from server.web.release.public.later import later_text
from server.web.release.public.page import HTML
from server.web.release.public.serving import PUBLIC, answer, language_of
from server.web.release.public.state import Published

ONE = f"{PUBLIC}/{{language}}"


async def translation(request: Request) -> Response:
    shown_in, web = language_of(request), web_of(request)
    return await _answer(
        request, f"page.{shown_in}", lambda page, fixed: render_translation(web, page, fixed, shown_in), HTML
    )


async def text_txt(request: Request) -> Response:
    """With the mark in its first line: the words travel alone."""
    return await _answer(request, "txt", plain_translation, "text/plain; charset=utf-8")


async def text_json(request: Request) -> Response:
    return await _answer(request, "json", lambda _, fixed: fixed.canonical, "application/json")


async def _answer(
    request: Request, form: str, make: Callable[[Published, FixedTranslation], bytes], media_type: str
) -> Response:
    language = language_named(str(request.path_params["language"]))
    if language is None:
        raise NotFound(what="translation")
    address = f"{services_of(request).base_url}{PUBLIC.format(slug=slug_of(request))}"
    headers = {
        "Content-Language": language.tag,
        "Link": f'<{address}>; rel="alternate"; hreflang="de"',
    }
    return await answer(
        f"translation.{language.tag}.{form}",
        request,
        lambda page: make(page, find_translation(page, language)),
        media_type,
        headers,
    )


def find_translation(page: Published, language: TextLanguage) -> FixedTranslation:
    """Raises NotFound."""
    for fixed in page.translations:
        if fixed.language == language:
            return fixed
    raise NotFound(what="translation")


def plain_translation(page: Published, fixed: FixedTranslation) -> bytes:
    marks = [MARK] if fixed.standing(page.content).is_current else [MARK, OUTDATED]
    head = f"{' · '.join(marks)}\n{fixed.language.mark}\n\n{later_text(page)}"
    return f"{head}{fixed.content.plain_text}".encode()


def render_translation(web: Web, page: Published, fixed: FixedTranslation, language: Language) -> bytes:
    standing = fixed.standing(page.content)
    content = fixed.content
    html = web.pages.render(
        "release/public/translation.html",
        language,
        {
            "page": page,
            "declaration": page.declaration,
            "fixed": fixed,
            "spoken": fixed.language,
            "standing": standing,
            "places": _places(content.blocks, standing.outdated),
            "parts": content_parts(content, 0, len(content.blocks)),
            "mark": MARK,
            "outdated": OUTDATED,
            "base": PUBLIC.format(slug=page.declaration.slug),
            "base_url": web.services.base_url,
            "footer": FOOTER,
            "other": next(each for each in LANGUAGES if each != language),
            "demo": web.services.demo,
        },
    )
    return html.encode()


def _places(blocks: tuple[Block, ...], outdated: tuple[bool, ...]) -> list[tuple[str, str]]:
    """Of the blocks that no longer hold: their first words, and the clause's address where it has one."""
    ids = clause_ids(blocks)
    return [
        (beginning(f"{block.number or ''} {block.text}"), anchor)
        for block, anchor, is_outdated in zip(blocks, ids, outdated, strict=True)
        if is_outdated
    ]


ROUTES = [
    Route(f"{ONE}/text.txt", text_txt),
    Route(f"{ONE}/text.json", text_json),
    Route(ONE, translation),
]
