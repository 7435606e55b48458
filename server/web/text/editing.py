"""The editor's page: the one island of client code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.permissions import Access
from server.domain.room_rights import RoomRights
from server.domain.text.live_text import LiveBlock
from server.domain.text.visits import arrive
from server.storage.declarations.declarations import read_beginning
from server.storage.engine.types import Reader
from server.storage.people.persons import read_staff_names
from server.storage.text.update_log import read_log
from server.storage.text.visits import read_visit
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.context import Web, web_of
from server.web.http.visits import Visit, visit_of
from server.web.sentences.messages import N_
from server.web.text.live import show_live


@dataclass(frozen=True, slots=True)
class Way:
    """Where one can go from the text."""

    label: str
    page: str
    may: Callable[[Access], bool]


WAYS: Final = (
    Way(N_("Who shaped what"), "authorship", permissions.can_see_history),
    Way(N_("Decisions about suggestions"), "decisions", permissions.can_see_history),
    Way(N_("Draft with line numbers (PDF)"), "lines.pdf", permissions.can_see_history),
    Way(N_("Workshops"), "workshops", permissions.can_run_workshop),
    Way(N_("Sections"), "sections", permissions.can_join_room),
    Way(N_("Private drafts"), "branches", permissions.can_join_room),
)
"""Beside the tabs, in the editor's menu."""
TRANSLATION_WAYS: Final = (
    Way(N_("Who shaped what"), "authorship", permissions.can_follow_translations),
    Way(N_("Decisions about suggestions"), "decisions", permissions.can_follow_translations),
)
"""The same where a translation is written, below its address."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`since`: the end of the visit before, None at the first."""

    access: Access
    names: Mapping[int, str]
    began: datetime
    blocks: Sequence[LiveBlock]
    since: datetime | None


async def editor(request: Request) -> Response:
    """Staff may look on while the mayors sign; then the page is read-only and says so."""
    page = await read_page(request, permissions.can_join_room, _read)
    access = page.access
    text = PageText(access.declaration.text_id, "", permissions.room_rights(access))
    config = editor_config(web_of(request), visit_of(request), access, page.names, page.began, text)
    return render_framed(
        request,
        "text/editor.html",
        access,
        config=config,
        blocks=show_live(page.blocks),
        ways=ways_for(access),
        since=page.since,
        branch=None,
        translation=None,
    )


def ways_for(access: Access) -> list[Way]:
    return [way for way in WAYS if way.may(access)]


def _read(db: Reader, access: Access, now: datetime) -> Opened:
    declaration = access.declaration
    visit = read_visit(db, declaration.text_id, access.person.id)
    return Opened(
        access,
        read_staff_names(db, declaration.id),
        read_beginning(db, declaration.id),
        read_text(read_log(db, declaration.text_id).updates),
        arrive(visit, 0, now).before_at if permissions.can_see_history(access) else None,
    )


@dataclass(frozen=True, slots=True)
class PageText:
    """Which text the page is about. `path`: of its room, below the declaration's; `language`: a BCP 47 tag.
    `prefix`: in a branch, of the ids of its own suggestions."""

    text_id: int
    path: str
    rights: RoomRights
    prefix: str = ""
    language: str = "de"
    direction: str = "ltr"

    @property
    def said(self) -> str:
        """Below which path it is talked and decided about: of a branch with the original. Sections and
        batches are the original's alone."""
        return "" if self.prefix else self.path


def editor_config(
    web: Web, visit: Visit, access: Access, names: Mapping[int, str], began: datetime, text: PageText
) -> dict[str, object]:
    """What the editor finds in the page as JSON.

    `names`: who may write, to name a suggestion's author. `text` tells the text from one that had the same
    address earlier: browsers keep copies, and two texts must never be merged.
    """
    declaration = access.declaration
    town = access.municipality
    return {
        "text": f"{text.text_id}.{began.timestamp()}",
        "socketPath": f"/ws/declarations/{declaration.slug}{text.path}",
        "branch": text.prefix,
        "batches": "" if text.said else f"/declarations/{declaration.slug}/batches",
        "branches": f"/declarations/{declaration.slug}/branches",
        "sections": "" if text.said else f"/declarations/{declaration.slug}/sections.json",
        "language": text.language,
        "direction": text.direction,
        "decisions": f"/declarations/{declaration.slug}{text.said}/decisions",
        "comments": {
            "base": f"/declarations/{declaration.slug}{text.said}/comments",
            "part": web.files.address("comments.js"),
        },
        "person": {
            "id": access.person.id,
            "name": access.person.name,
            "municipality": town.name if town else "",
        },
        "names": {str(person): name for person, name in names.items()},
        "phase": declaration.phase.value,
        "rights": asdict(text.rights),
        "strings": web.pages.translate(visit.language, web.client_strings),
    }


ROUTES = [Route(f"{DECLARATION}/edit", editor)]
