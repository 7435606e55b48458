"""What happened to a published declaration, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.release.reports import newest_editions
from server.domain.sign_offs.statements import timestamp
from server.domain.terms.local_time import day_of
from server.web.http.context import Web, web_of
from server.web.release.public.serving import PUBLIC, answer
from server.web.release.public.state import Published
from server.web.sentences.messages import N_, Message

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` makes the entry's lasting id; `page` is relative to the declaration's public address."""

    key: str
    title: Message
    at: datetime
    page: str = ""


async def feed(request: Request) -> Response:
    web = web_of(request)
    return await answer("feed", request, lambda page: render_feed(web, page), MEDIA_TYPE)


def render_feed(web: Web, page: Published) -> bytes:
    host = web.services.base_url.partition("://")[2].partition(":")[0]
    day = day_of(page.released_at).isoformat()
    entries = sorted(entries_of(page), key=lambda entry: entry.at, reverse=True)
    return web.pages.render(
        "release/public/feed.xml",
        "de",
        {
            "page": page,
            "id": f"tag:{host},{day}:e/{page.declaration.slug}",
            "address": web.services.base_url + PUBLIC.format(slug=page.declaration.slug),
            "entries": [(entry, web.pages.say("de", entry.title), timestamp(entry.at)) for entry in entries],
            "updated": timestamp(max(entry.at for entry in entries)),
        },
    ).encode()


def entries_of(page: Published) -> Iterator[Entry]:
    of_the_day = sum(not row.annex for row in page.rows)
    yield Entry(
        "veroeffentlicht",
        Message(
            N_("%(title)s: published, signed by %(count)s municipalities"),
            {"title": page.declaration.title, "count": of_the_day},
        ),
        page.released_at,
    )
    for row in page.rows:
        if row.annex:
            title = Message(N_("%(town)s has joined"), {"town": row.town.name})
            yield Entry(f"beitritt-{row.town.ags}", title, row.joined_at, f"#k-{row.town.ags}")
    for year in newest_editions(page.editions):
        title = Message(N_("State of implementation %(year)s"), {"year": year.year})
        yield Entry(f"umsetzung-{year.year}", title, year.published_at, f"/{year.page}")
    for each in page.addenda:
        words = N_("Withdrawn: %(reason)s") if each.is_withdrawal else N_("Erratum: %(reason)s")
        title = Message(words, {"reason": each.draft.reason})
        yield Entry(each.anchor, title, each.sealed_at, f"#{each.anchor}")


ROUTES = [Route(f"{PUBLIC}/feed.atom", feed)]
