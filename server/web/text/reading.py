"""The reading page of a revision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import RevisionHead
from server.domain.errors import NotFound
from server.domain.text.content import Content
from server.domain.text.lines import number_lines
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_content, read_heads
from server.web.declarations.framing import render_framed
from server.web.text.prose import arrange, with_lines
from server.web.text.shown import ShownText, at_each_text, read_text_page


@dataclass(frozen=True, slots=True)
class Reading:
    """`earlier`: the revisions before the one that is shown, newest first."""

    text: ShownText
    revision: RevisionHead
    is_current: bool
    earlier: Sequence[RevisionHead]
    content: Content


async def revision(request: Request) -> Response:
    """`?line=42` leads to the line."""
    if line := re.fullmatch("[1-9][0-9]{0,5}", request.query_params.get("line", ""), re.ASCII):
        return RedirectResponse(f"{request.url.path}#zeile-{line[0]}", 303)
    number = request.path_params["number"]

    def read(db: Reader, text: ShownText, _: datetime) -> Reading:
        heads = read_heads(db, [text.text_id])[text.text_id]
        shown = find_revision(heads, number)
        earlier = heads[heads.index(shown) + 1 :]
        return Reading(text, shown, shown == heads[0], earlier, read_content(db, shown.id))

    page = await read_text_page(request, lambda rights: rights.fixed, read)
    lines = number_lines(page.content)
    return render_framed(
        request,
        "text/revision.html",
        page.text.access,
        text=page.text,
        revision=page.revision,
        is_current=page.is_current,
        earlier=page.earlier,
        parts=arrange(with_lines(page.content, lines)),
        last_line=len(lines),
        may_take=page.text.translation is None and permissions.can_take_text(page.text.access),
    )


def find_revision(heads: Sequence[RevisionHead], number: str) -> RevisionHead:
    """`number` as an address gives it. Raises NotFound."""
    for candidate in heads:
        if str(candidate.number) == number:
            return candidate
    raise NotFound(what="revision")


ROUTES = at_each_text(lambda place: [Route(f"{place}/revisions/{{number}}", revision)])
