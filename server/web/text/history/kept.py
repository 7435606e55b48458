"""One Zwischenstand to be read, and a passage of it taken out of the whole history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.scrubbing import scrub_passage
from server.domain.text.checkpoints import CheckpointHead, count_proposals, is_tombstone, settled_content
from server.domain.text.comparing.places import Place, name_places
from server.domain.text.content import Content
from server.domain.text.live_text import beginning
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_names
from server.storage.text import checkpoints
from server.web.declarations.framing import render_framed
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of
from server.web.text.history.sources import find_head, label_of
from server.web.text.history.versions import KINDS, named_towns
from server.web.text.prose import arrange
from server.web.text.shown import ShownText, at_each_text, language_of, read_text_page, text_path


@dataclass(frozen=True, slots=True)
class KeptState:
    text: ShownText
    head: CheckpointHead
    content: Content
    proposals: int
    towns: list[str]


@dataclass(frozen=True, slots=True)
class Choosable:
    """A passage that can be taken out; `number` from 0."""

    number: int
    place: Place
    words: str


async def kept(request: Request) -> Response:
    page = await read_text_page(request, lambda rights: rights.kept, _reader(request))
    return render_framed(
        request,
        "text/kept.html",
        page.text.access,
        page=page,
        text=page.text,
        label=label_of(page.head),
        why=KINDS[page.head.kind],
        parts=arrange(page.content),
        done="scrubbed" in request.query_params,
    )


def _reader(request: Request) -> Callable[[Reader, ShownText, datetime], KeptState]:
    number = request.path_params["checkpoint"]

    def read(db: Reader, text: ShownText, _: datetime) -> KeptState:
        head = find_head(checkpoints.read_heads(db, text.text_id), number)
        blocks = checkpoints.read_blocks(db, text.text_id, head.id)
        towns = named_towns(head.took_part, read_names(db, head.took_part))
        return KeptState(text, head, settled_content(blocks), count_proposals(blocks), towns)

    return read


async def confirm_scrub(request: Request) -> Response:
    page = await read_text_page(request, lambda rights: rights.scrub, _reader(request))
    ensure_fresh(request)
    return render_framed(
        request,
        "text/scrub.html",
        page.text.access,
        text=page.text,
        head=page.head,
        label=label_of(page.head),
        choices=list_choosable(page.content),
    )


def list_choosable(content: Content) -> list[Choosable]:
    return [
        Choosable(number, place, beginning(block.text))
        for number, (block, place) in enumerate(zip(content.blocks, name_places(content), strict=True))
        if block.text.strip() and not is_tombstone(block)
    ]


async def scrub(request: Request, form: Form) -> Response:
    checkpoint = request.path_params["checkpoint"]
    await read_text_page(request, lambda rights: rights.scrub, _reader(request))
    await scrub_passage(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        checkpoint_id=checkpoint,
        block=form.number("block"),
        proven_at=proven_at(request),
        language=language_of(request),
    )
    return RedirectResponse(text_path(request, f"versions/{checkpoint}?scrubbed=1"), 303)


ROUTES = at_each_text(
    lambda place: (
        Route(f"{place}/versions/{{checkpoint:int}}", kept),
        Route(f"{place}/versions/{{checkpoint:int}}/scrub", confirm_scrub),
        form_route(f"{place}/versions/{{checkpoint:int}}/scrub", scrub),
    )
)
