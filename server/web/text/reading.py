"""The reading page of a revision, and two revisions compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import RevisionHead
from server.domain.errors import NotFound
from server.domain.permissions import Access
from server.domain.text.comparison import BlockChange, compare
from server.domain.text.content import Content
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_content, read_heads
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.text.prose import arrange


@dataclass(frozen=True, slots=True)
class Reading:
    """`earlier`: the revisions before the one that is shown, newest first."""

    access: Access
    revision: RevisionHead
    is_current: bool
    earlier: Sequence[RevisionHead]
    content: Content


@dataclass(frozen=True, slots=True)
class Comparison:
    access: Access
    old: RevisionHead
    new: RevisionHead
    changes: Sequence[BlockChange]


async def revision(request: Request) -> Response:
    number = request.path_params["number"]

    def read(db: Reader, access: Access, _: datetime) -> Reading:
        heads = _read_heads(db, access)
        shown = find_revision(heads, number)
        earlier = heads[heads.index(shown) + 1 :]
        return Reading(access, shown, shown == heads[0], earlier, read_content(db, shown.id))

    page = await read_page(request, permissions.can_read_revisions, read)
    return render_framed(
        request,
        "text/revision.html",
        page.access,
        revision=page.revision,
        is_current=page.is_current,
        earlier=page.earlier,
        parts=arrange(page.content),
    )


async def changes(request: Request) -> Response:
    """`?since=1`; without it, since the revision before."""
    number, since = request.path_params["number"], request.query_params.get("since")

    def read(db: Reader, access: Access, _: datetime) -> Comparison:
        heads = _read_heads(db, access)
        new = find_revision(heads, number)
        old = find_revision(heads, since or str(new.number - 1))
        return Comparison(access, old, new, compare(read_content(db, old.id), read_content(db, new.id)))

    page = await read_page(request, permissions.can_read_revisions, read)
    return render_framed(
        request,
        "text/changes.html",
        page.access,
        old=page.old,
        new=page.new,
        changes=page.changes,
    )


async def revisions(request: Request) -> Response:
    """All fixed texts, newest first."""

    def read(db: Reader, access: Access, _: datetime) -> tuple[Access, list[RevisionHead]]:
        return access, _read_heads(db, access)

    access, heads = await read_page(request, permissions.can_read_revisions, read)
    return render_framed(request, "text/revisions.html", access, revisions=heads)


def _read_heads(db: Reader, access: Access) -> list[RevisionHead]:
    return read_heads(db, [access.declaration.text_id])[access.declaration.text_id]


def find_revision(heads: Sequence[RevisionHead], number: str) -> RevisionHead:
    """`number` as an address gives it. Raises NotFound."""
    for candidate in heads:
        if str(candidate.number) == number:
            return candidate
    raise NotFound(what="revision")


ROUTES = [
    Route(f"{DECLARATION}/revisions", revisions),
    Route(f"{DECLARATION}/revisions/{{number}}", revision),
    Route(f"{DECLARATION}/revisions/{{number}}/changes", changes),
]
