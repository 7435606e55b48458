"""„Stand der Umsetzung“ as it was published: a bar for each commitment, and what each municipality says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.documents.wording import full_name
from server.domain.errors import NotFound
from server.domain.people.languages import Language
from server.domain.people.municipalities import Municipality
from server.domain.release.reports import (
    Commitment,
    Edition,
    Progress,
    ReportEntry,
    commitments_of,
    newest_editions,
    tally,
)
from server.web.http.context import Web, web_of
from server.web.http.pages.footer import FOOTER
from server.web.release.public.serving import PUBLIC, answer, language_of
from server.web.release.public.state import Published

HTML: Final = "text/html; charset=utf-8"
WIDTH: Final = 600
"""Of a bar, in units of its picture."""


@dataclass(frozen=True, slots=True)
class Part:
    """Of a bar: `x` and `width` in units of WIDTH."""

    progress: Progress
    count: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many municipalities are how far with one commitment; parts without anybody are left out."""

    commitment: Commitment
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


def bars_of(commitments: Sequence[Commitment], entries: Sequence[ReportEntry], towns: int) -> list[Bar]:
    """`towns`: how many stand behind the text; a bar is as long as all of them."""
    return [Bar(each, _parts(tally(entries, each.number), max(towns, 1))) for each in commitments]


def _parts(counts: dict[Progress, int], towns: int) -> tuple[Part, ...]:
    parts, before = [], 0
    for progress in Progress:
        if count := counts[progress]:
            x, end = round(WIDTH * before / towns), round(WIDTH * (before + count) / towns)
            parts.append(Part(progress, count, x, end - x))
            before += count
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A year's newest edition; `towns` of those that stand in it, in the document's order."""

    edition: Edition
    bars: Sequence[Bar]
    towns: Sequence[Municipality]
    by_town: dict[tuple[str, str], ReportEntry]
    """By official key and clause."""


def reports_of(page: Published) -> list[ShownReport]:
    """Newest year first."""
    commitments = commitments_of(page.content)
    return [_shown(page, each, commitments) for each in newest_editions(page.editions)]


def _shown(page: Published, edition: Edition, commitments: Sequence[Commitment]) -> ShownReport:
    return ShownReport(
        edition,
        bars_of(commitments, edition.entries, len(page.rows)),
        [row.town for row in page.rows if row.town.ags in edition.towns],
        {(entry.ags, entry.clause): entry for entry in edition.entries},
    )


async def report_page(request: Request) -> Response:
    """What each municipality says about each commitment."""
    web, language, year = web_of(request), language_of(request), int(request.path_params["year"])

    def make(page: Published) -> bytes:
        report = next((each for each in reports_of(page) if each.edition.year == year), None)
        if report is None:
            raise NotFound(what="report")
        return _render(web, page, report, language)

    return await answer(f"report.{year}.{language}", request, make, HTML, {"Content-Language": language})


def _render(web: Web, page: Published, report: ShownReport, language: Language) -> bytes:
    context = {
        "page": page,
        "declaration": page.declaration,
        "report": report,
        "base": PUBLIC.format(slug=page.declaration.slug),
        "names": {town.ags: full_name(town) for town in report.towns},
        "footer": FOOTER,
        "demo": web.services.demo,
    }
    return web.pages.render("release/public/report.html", language, context).encode()


ROUTES = [Route(f"{PUBLIC}/umsetzung/{{year:int}}", report_page)]
