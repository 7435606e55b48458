"""`GET /api/v1/…`: what is public, as JSON, for programs on any site (CORS). No cookie is read or set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.release.addenda import corrections_json
from server.domain.release.reports import newest_editions
from server.domain.sign_offs.statements import timestamp
from server.storage.release.addenda import AddendumHead
from server.storage.release.published import read_published
from server.web.http.context import services_of, web_of
from server.web.http.kept.feeds import feed_of
from server.web.release.api.description import describe
from server.web.release.public.files import signatories
from server.web.release.public.serving import answer, validated
from server.web.release.public.state import Published

API: Final = "/api/v1"
JSON: Final = "application/json"
OPEN: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
LISTED: Final = "list"
ASKED: Final = "public, no-cache"


async def declarations(request: Request) -> Response:
    """Asked of the database each time, by caches too: one more is public at its very second."""
    services, base = services_of(request), services_of(request).base_url
    now = services.now()
    found = await services.database.ask(lambda db: read_published(db, now))
    body = _bytes({"declarations": [_head(each, base) for each in found]})
    return validated(feed_of(LISTED, body), request, JSON, {**OPEN, "Cache-Control": ASKED})


async def declaration(request: Request) -> Response:
    base = services_of(request).base_url
    try:
        return await answer("api", request, lambda page: _bytes(_whole(page, base)), JSON, OPEN)
    except NotFound:
        return missing()


async def openapi(request: Request) -> Response:
    body = _bytes(describe(web_of(request).services.base_url))
    return validated(feed_of("openapi", body), request, JSON, OPEN)


async def elsewhere(_request: Request) -> Response:
    return missing()


def missing() -> Response:
    """In JSON whatever was asked for."""
    said = {"error": "not_found", "message": "There is no published declaration at this address."}
    return JSONResponse(said, 404, headers={**OPEN, "Cache-Control": "no-store"})


def _head(each: Declaration, base_url: str) -> dict[str, object]:
    return {
        "slug": each.slug,
        "title": each.title,
        "issuer": each.issuer,
        "status": "withdrawn" if each.retracted_at else "published",
        "published_at": timestamp(each.release_at) if each.release_at else None,
        "url": f"{base_url}/e/{each.slug}",
        "api_url": f"{base_url}{API}/declarations/{each.slug}",
    }


def _whole(page: Published, base_url: str) -> dict[str, object]:
    address = f"{base_url}/e/{page.declaration.slug}"
    return {
        **_head(page.declaration, base_url),
        "updated_at": timestamp(page.changed_at),
        "revision": {
            "number": page.revision.number,
            "sha256": page.revision.digest,
            "url": f"{address}/fassung/{page.revision.number}",
        },
        "document": {
            "url": f"{address}/erklaerung.pdf",
            "sha256": page.final.pdf_digest,
            "size": page.final.size,
            "sealed_at": timestamp(page.final.sealed_at),
            "short_code": page.final.short_code,
        },
        "annexes": [
            {
                "number": annex.number,
                "url": f"{address}/nachtrag/{annex.number}.pdf",
                "sha256": annex.pdf_digest,
                "sealed_at": timestamp(annex.sealed_at),
                "short_code": annex.short_code,
                "municipalities": list(annex.keys),
            }
            for annex in page.annexes
        ],
        "translations": [
            {
                "language": each.language.tag,
                "url": f"{address}/{each.language.tag}",
                "number": each.number,
                "sha256": each.digest,
                "fixed_at": timestamp(each.fixed_at),
                "translates": {"number": each.source_number, "sha256": each.source_digest},
                "is_current": each.standing(page.content).is_current,
                "text": each.content.plain_text,
            }
            for each in page.translations
        ],
        "addenda": [_addendum(each, address) for each in page.addenda],
        "reports": [
            {
                "year": each.year,
                "published_at": timestamp(each.published_at),
                "url": f"{address}/{each.page}",
                "entries": [entry.to_json() for entry in each.entries],
            }
            for each in newest_editions(page.editions)
        ],
        "text": page.content.plain_text,
        "blocks": [block.to_json() for block in page.content.blocks],
        "municipalities": len(page.rows),
        "subject_to_council": page.conditional,
        "signatories": signatories(page),
    }


def _addendum(each: AddendumHead, address: str) -> dict[str, object]:
    return {
        "number": each.number,
        "kind": each.kind.value,
        "reason": each.draft.reason,
        "corrections": corrections_json(each.draft.corrections),
        "url": f"{address}/{each.page}",
        "sha256": each.pdf_digest,
        "sealed_at": timestamp(each.sealed_at),
        "short_code": each.short_code,
    }


def _bytes(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


ROUTES = [
    Route(f"{API}/declarations", declarations),
    Route(f"{API}/declarations/{{slug}}", declaration),
    Route(f"{API}/openapi.json", openapi),
    Route(f"{API}/{{rest:path}}", elsewhere),
]
