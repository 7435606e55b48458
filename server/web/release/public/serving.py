"""Answers to everybody: made once for all who ask, with a validator, and right at the hour.

Only what is public is kept. Before the hour every request asks the database, so the first one after it is
answered; afterwards the database is asked once a second, and things are made anew when the log has gone on.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.domain.people.languages import LANGUAGES, Language
from server.storage.engine.types import Reader
from server.storage.release.published import read_public
from server.storage.sign_offs.board import read_newest_position
from server.web.http.addresses import slug_of
from server.web.http.context import services_of, web_of
from server.web.http.kept.feeds import Feed, feed_of
from server.web.http.kept.quick import MARK, takes_gzip
from server.web.release.public.state import Published, gather

PUBLIC: Final = "/e/{slug}"
"""What the addresses of a published declaration begin with. They stay."""
CACHING: Final = "public, max-age=30"
"""Caches look again after half a minute: for accessions, errata and withdrawals."""
PACKED: Final = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
"""Kinds that go out in gzip where it is taken: on a train a fifth of the bytes. What is sealed goes out as it
is, so that both digests of RFC 9530 are the file's."""
NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


def language_of(request: Request) -> Language:
    """German unless the address says otherwise: what caches keep must not depend on cookies."""
    wanted = request.query_params.get("lang", "")
    return next((language for language in LANGUAGES if language == wanted), "de")


async def answer(
    name: str,
    request: Request,
    make: Callable[[Published], bytes],
    media_type: str,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    """`name`: what is made, and in which form. Raises NotFound before the hour."""
    kept_as = f"{name} {slug_of(request)}"
    feed = await _feed(request, kept_as, make, pack=media_type.startswith(PACKED))
    request.scope[MARK] = (kept_as, feed)
    return validated(feed, request, media_type, headers)


def validated(
    feed: Feed, request: Request, media_type: str, headers: Mapping[str, str] = NO_HEADERS
) -> Response:
    """Who has these bytes already is told so without them (304)."""
    packed = feed.packed if takes_gzip(request.headers.get("accept-encoding", "")) else None
    common = {
        "ETag": feed.tag if packed is None else feed.packed_tag,
        "Cache-Control": CACHING,
        **({} if feed.packed is None else {"Vary": "Accept-Encoding"}),
        **headers,
    }
    if feed.key in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=common)
    if packed is None:
        return Response(feed.body, media_type=media_type, headers=common)
    return Response(packed, media_type=media_type, headers={**common, "Content-Encoding": "gzip"})


def digest_headers(body: bytes) -> dict[str, str]:
    """Of the whole file, and of what is sent: the same, since it is sent as it is (RFC 9530)."""
    value = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    return {"Repr-Digest": value, "Content-Digest": value}


async def _feed(request: Request, name: str, make: Callable[[Published], bytes], *, pack: bool) -> Feed:
    feeds, services, slug = web_of(request).public, services_of(request), slug_of(request)
    if (fresh := feeds.fresh(name)) is not None:
        return fresh
    kept, now = feeds.kept(name), services.now()
    try:
        return feeds.keep(
            name, await services.database.ask(lambda db: _look(db, slug, now, kept, make, pack))
        )
    except Exception:
        feeds.forget(name)
        raise


def _look(
    db: Reader,
    slug: str,
    now: datetime,
    kept: Feed | None,
    make: Callable[[Published], bytes],
    pack: bool,
) -> Feed:
    declaration = read_public(db, slug, now)
    state = (declaration, read_newest_position(db, slug))
    if kept is not None and kept.state == state:
        return kept
    return feed_of(state, make(gather(db, declaration, now)), pack=pack)
