"""What another program left in the text and no revision can keep: shown, and removed with one button."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import cleaning
from server.domain import permissions
from server.domain.permissions import Access
from server.domain.text.live_text import LiveBlock, beginning, is_link
from server.domain.text.update_log import StoredLog
from server.storage.engine.types import Reader
from server.storage.people.persons import read_names
from server.storage.text.update_log import read_log
from server.sync.gaps import load_log, writers_to_ask
from server.sync.projection import project
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of


@dataclass(frozen=True, slots=True)
class Place:
    """A block with unknown content; `number` counts from 1."""

    number: int
    words: str
    names: Sequence[str]


async def show(request: Request) -> Response:
    access, stored, names = await read_page(request, permissions.can_clean_text, _read_log)
    loaded = await asyncio.to_thread(load_log, stored.updates)
    asked = [names[person] for person in writers_to_ask(loaded.held, stored.writers) if person in names]
    return render_framed(
        request,
        "text/unknown_content.html",
        access,
        places=list_places(await asyncio.to_thread(project, loaded.doc)),
        waits=bool(loaded.held),
        asked=asked,
    )


def _read_log(db: Reader, access: Access, _: datetime) -> tuple[Access, StoredLog, dict[int, str]]:
    stored = read_log(db, access.declaration.text_id)
    return access, stored, read_names(db, {writer.person for writer in stored.writers})


def list_places(blocks: Iterable[LiveBlock]) -> list[Place]:
    found = []
    for number, block in enumerate(blocks, 1):
        links = [run.marks["link"] for run in block.runs if "link" in run.marks]
        names = [*sorted(block.unknown), *(f"link {link}" for link in links if not is_link(link))]
        if names:
            found.append(Place(number, beginning("".join(run.text for run in block.runs)), names))
    return found


async def remove(request: Request, _: Form) -> Response:
    await cleaning.clean_text(services_of(request), actor=person_of(request), slug=slug_of(request))
    return RedirectResponse(declaration_path(request, "unknown-content"), 303)


ROUTES = [
    Route(f"{DECLARATION}/unknown-content", show),
    form_route(f"{DECLARATION}/unknown-content", remove),
]
