"""Files of a published declaration: the sealed PDF, its HTML edition, text, names, map."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.documents.pictures.card import render_card
from server.documents.pictures.map import Square, render_map
from server.domain.errors import NotFound
from server.domain.release.addenda import AddendumKind
from server.domain.sign_offs.statements import timestamp
from server.storage.release import final_documents
from server.storage.release.accessions import find_annex
from server.storage.release.addenda import list_files
from server.storage.release.published import read_public
from server.web.declarations.board.drawing import draw
from server.web.declarations.board.export import csv_text
from server.web.http.addresses import slug_of
from server.web.http.context import Web, services_of, web_of
from server.web.http.kept.feeds import Feed
from server.web.release.public.later import later_text, stands
from server.web.release.public.serving import PUBLIC, answer, digest_headers, validated
from server.web.release.public.state import Published
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import ANSWERS, KINDS

HTML_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'"
)
COLUMNS: Final = (
    N_("Official key"),
    N_("Municipality"),
    N_("Kind"),
    N_("Name"),
    N_("Office"),
    N_("Answer"),
    N_("Statement for the record"),
    N_("Time"),
)


async def final_pdf(request: Request) -> Response:
    return await _sealed(request, "application/pdf", "pdf")


async def annex_pdf(request: Request) -> Response:
    """Of those who joined, with the digest of its own."""
    services, slug = services_of(request), slug_of(request)
    number, now = int(request.path_params["number"]), services.now()
    declaration = await services.database.ask(lambda db: read_public(db, slug, now))
    async with services.database.read() as db:
        annex = await find_annex(db, declaration.id, number)
    if annex is None:
        raise NotFound(what="annex")
    headers = {
        "Content-Disposition": f'inline; filename="{slug}-nachtrag-{number}.pdf"',
        **digest_headers(annex.pdf),
    }
    feed = Feed(annex.pdf_digest, annex.pdf, f'"{annex.pdf_digest}"')
    return validated(feed, request, "application/pdf", headers)


async def erratum_pdf(request: Request) -> Response:
    return await _addendum(request, AddendumKind.ERRATUM, int(request.path_params["number"]))


async def withdrawal_pdf(request: Request) -> Response:
    return await _addendum(request, AddendumKind.WITHDRAWAL)


async def _addendum(request: Request, kind: AddendumKind, number: int | None = None) -> Response:
    """Without a number the withdrawal: there is one at most."""
    services, slug = services_of(request), slug_of(request)
    now = services.now()
    declaration = await services.database.ask(lambda db: read_public(db, slug, now))
    async with services.database.read() as db:
        files = await list_files(db, declaration.id)
    file = next((each for each in files if each.kind is kind and number in (None, each.number)), None)
    if file is None:
        raise NotFound(what="addendum")
    name = f"berichtigung-{file.number}" if kind is AddendumKind.ERRATUM else "zurueckziehung"
    headers = {
        "Content-Disposition": f'inline; filename="{slug}-{name}.pdf"',
        **digest_headers(file.pdf),
    }
    feed = Feed(file.pdf_digest, file.pdf, f'"{file.pdf_digest}"')
    return validated(feed, request, "application/pdf", headers)


async def final_html(request: Request) -> Response:
    return await _sealed(request, "text/html", "html")


async def _sealed(request: Request, media_type: str, ending: str) -> Response:
    """The very bytes: their SHA-256 is the validator."""
    services, slug = services_of(request), slug_of(request)
    now = services.now()
    declaration = await services.database.ask(lambda db: read_public(db, slug, now))
    async with services.database.read() as db:
        final = await final_documents.find_final(db, declaration.id)
    body, digest = (final.pdf, final.pdf_digest) if final and ending == "pdf" else (b"", "")
    if final and ending == "html":
        body, digest = final.html, final.html_digest
    if not body:
        raise NotFound(what="final_document")
    headers = {
        "Content-Disposition": f'inline; filename="{slug}.{ending}"',
        **digest_headers(body),
        **({"Content-Security-Policy": HTML_POLICY} if ending == "html" else {}),
    }
    return validated(Feed(digest, body, f'"{digest}"'), request, media_type, headers)


def plain_text(page: Published) -> bytes:
    """For quoting: what is signed, line by line, and who stands behind it; above it what was said after the
    publication."""
    names = "\n".join(
        f"{row.town.name}: {given.signatory.name}, {given.signatory.title}"
        for row in page.rows
        for given in row.given
    )
    return f"{later_text(page)}{page.content.plain_text}\n{page.declaration.issuer}\n\n{names}\n".encode()


def names_json(page: Published) -> bytes:
    said = {
        "declaration": {"slug": page.declaration.slug, "title": page.declaration.title},
        "revision": {"number": page.revision.number, "sha256": page.revision.digest},
        **({"withdrawn_at": timestamp(page.withdrawal.sealed_at)} if page.withdrawal else {}),
        "signatories": signatories(page),
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def signatories(page: Published) -> list[dict[str, object]]:
    """Public data only, as the document prints it."""
    return [
        {
            "ags": row.town.ags,
            "municipality": row.town.name,
            "kind": row.town.kind.value,
            "name": given.signatory.name,
            "title": given.signatory.title,
            "in_place_of": given.represents,
            "answer": given.answer.value,
            "statement": given.text,
            "at": timestamp(given.at),
            "annex": row.annex or None,
        }
        for row in page.rows
        for given in row.given
    ]


def names_csv(web: Web, page: Published) -> bytes:
    def say(words: str) -> str:
        return web.pages.say("de", Message(words))

    rows = [
        [
            row.town.ags,
            row.town.name,
            say(KINDS[row.town.kind]),
            given.signatory.name,
            given.signatory.title,
            say(ANSWERS[given.answer]),
            given.text,
            timestamp(given.at),
        ]
        for row in page.rows
        for given in row.given
    ]
    return csv_text([say(label) for label in COLUMNS], rows).encode()


def map_svg(web: Web, page: Published) -> bytes:
    """A drawing that stands alone, with its alternative text inside."""
    if not page.places:
        raise NotFound(what="map")
    names = tuple((town.ags, town.name) for town in page.asked)
    drawing = draw(page.places, names)
    context = {"page": page, "drawing": drawing, "stands": stands(web, page)}
    return web.pages.render("release/public/map.svg", "de", context).encode()


def map_png(web: Web, page: Published) -> bytes:
    if not page.places:
        raise NotFound(what="map")
    drawing = draw(page.places, tuple((town.ags, town.name) for town in page.asked))
    squares = [
        Square(tile.x, tile.y, tile.side, tile.lines, tile.is_big, tile.key in page.by_key)
        for tile in drawing.tiles
    ]
    return render_map(drawing.width, drawing.height, squares, f"{stands(web, page)}: {_towns(page)}")


def card_png(web: Web, page: Published) -> bytes:
    host = web.services.base_url.partition("://")[2]
    return render_card(page.declaration.title, stands(web, page), f"{page.declaration.issuer} · {host}")


def _towns(page: Published) -> str:
    return ", ".join(row.town.name for row in page.rows)


async def text_txt(request: Request) -> Response:
    return await _file(request, "text.txt", "text/plain; charset=utf-8", lambda _, page: plain_text(page))


async def namen_json(request: Request) -> Response:
    return await _file(request, "namen.json", "application/json", lambda _, page: names_json(page))


async def namen_csv(request: Request) -> Response:
    return await _file(request, "namen.csv", "text/csv; charset=utf-8", names_csv)


async def karte_svg(request: Request) -> Response:
    return await _file(request, "karte.svg", "image/svg+xml", map_svg)


async def karte_png(request: Request) -> Response:
    return await _file(request, "karte.png", "image/png", map_png)


async def bild_png(request: Request) -> Response:
    return await _file(request, "bild.png", "image/png", card_png)


async def _file(
    request: Request, name: str, media_type: str, make: Callable[[Web, Published], bytes]
) -> Response:
    web = web_of(request)
    headers = {"Content-Disposition": f'inline; filename="{slug_of(request)}-{name}"'}
    return await answer(name, request, lambda page: make(web, page), media_type, headers)


ROUTES = [
    Route(f"{PUBLIC}/erklaerung.pdf", final_pdf),
    Route(f"{PUBLIC}/erklaerung.html", final_html),
    Route(f"{PUBLIC}/nachtrag/{{number:int}}.pdf", annex_pdf),
    Route(f"{PUBLIC}/berichtigung/{{number:int}}.pdf", erratum_pdf),
    Route(f"{PUBLIC}/zurueckziehung.pdf", withdrawal_pdf),
    Route(f"{PUBLIC}/text.txt", text_txt),
    Route(f"{PUBLIC}/namen.json", namen_json),
    Route(f"{PUBLIC}/namen.csv", namen_csv),
    Route(f"{PUBLIC}/karte.svg", karte_svg),
    Route(f"{PUBLIC}/karte.png", karte_png),
    Route(f"{PUBLIC}/bild.png", bild_png),
]
