"""The public page: it works without script, cookie and session, and is the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.documents.edition.prose import content_parts
from server.documents.parts.content_story import opening_length
from server.documents.wording import GROUPS, full_name
from server.domain.errors import NotFound
from server.domain.people.languages import LANGUAGES, Language
from server.domain.text.content import plain
from server.storage.release.published import read_public
from server.web.declarations.board.drawing import draw
from server.web.http.addresses import slug_of
from server.web.http.context import Web, services_of, web_of
from server.web.http.pages.footer import FOOTER
from server.web.release.public.corrected import mark_passages
from server.web.release.public.embed_codes import counter_code, frame_code
from server.web.release.public.progress import reports_of
from server.web.release.public.serving import PUBLIC, answer, language_of
from server.web.release.public.state import Published
from server.web.release.public.structured import structured

HTML: Final = "text/html; charset=utf-8"
SUMMARY: Final = 300
"""Characters of the text that other sites show beside a link."""


@dataclass(frozen=True, slots=True)
class Advance:
    """`heading` and `sentence` stand above the page; `pdf`: address of the copy with a watermark."""

    heading: str
    sentence: str
    pdf: str


async def public_page(request: Request) -> Response:
    language, web = language_of(request), web_of(request)
    return await answer(
        f"page.{language}",
        request,
        lambda page: render_page(web, page, language),
        HTML,
        {"Content-Language": language, "Link": _links(request, "")},
    )


async def fixed_page(request: Request) -> Response:
    """The sealed revision under an address that never shows another one (RFC 5829, RFC 7089)."""
    language, web, number = language_of(request), web_of(request), str(request.path_params["number"])
    services, slug = services_of(request), slug_of(request)
    now = services.now()
    declaration = await services.database.ask(lambda db: read_public(db, slug, now))

    def make(page: Published) -> bytes:
        if str(page.revision.number) != number:
            raise NotFound(what="revision")
        return render_page(web, page, language, fixed=True)

    headers = {"Content-Language": language, "Link": _links(request, "latest-version")}
    if declaration.release_at:
        headers["Memento-Datetime"] = format_datetime(declaration.release_at, usegmt=True)
    return await answer(f"fixed.{number[:10]}.{language}", request, make, HTML, headers)


def _links(request: Request, latest: str) -> str:
    base = services_of(request).base_url + PUBLIC.format(slug=slug_of(request))
    links = [
        f'<{base}/erklaerung.pdf>; rel="alternate"; type="application/pdf"',
        f'<{base}/feed.atom>; rel="alternate"; type="application/atom+xml"',
    ]
    return ", ".join([f'<{base}>; rel="{latest}"', *links] if latest else links)


def render_page(
    web: Web, page: Published, language: Language, *, fixed: bool = False, advance: Advance | None = None
) -> bytes:
    """`advance`: for somebody who may read it before the hour; then nothing leads to what is not open yet."""
    content = mark_passages(page.content, page.addenda)
    opening = opening_length(content)
    names = tuple((town.ags, town.name) for town in page.asked)
    titles = {town.ags: full_name(town) for town in page.asked}
    base_url = web.services.base_url
    address = base_url + PUBLIC.format(slug=page.declaration.slug)
    html = web.pages.render(
        "release/public/page.html",
        language,
        {
            "page": page,
            "declaration": page.declaration,
            "fixed": fixed,
            "advance": advance,
            "base": PUBLIC.format(slug=page.declaration.slug),
            "base_url": base_url,
            "groups_of": GROUPS,
            "lead": content_parts(content, 1, opening),
            "parts": content_parts(content, opening, len(content.blocks)),
            "summary": summary_of(page),
            "codes": (frame_code(page, address), counter_code(page, address)),
            "reports": reports_of(page)[:1],
            "drawing": draw(page.places, names) if page.places else None,
            "data": structured(page, base_url, titles),
            "footer": FOOTER,
            "other": next(each for each in LANGUAGES if each != language),
            "demo": web.services.demo,
        },
    )
    return html.encode()


def summary_of(page: Published) -> str:
    """The text's first words, for previews."""
    words = " ".join(plain(b.text) for b in page.content.blocks if b.kind != "heading")
    return words if len(words) <= SUMMARY else f"{words[:SUMMARY].rsplit(' ', 1)[0]} …"


ROUTES = [
    Route(PUBLIC, public_page),
    Route(f"{PUBLIC}/fassung/{{number}}", fixed_page),
]
