"""The page of a workshop's guests: one section, and under each paragraph what one would say instead or about
it. For whoever has the link, without an account and without script."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.workshops.saying import say
from server.domain.declarations import Declaration
from server.domain.errors import InvalidInput
from server.domain.text.checkpoints import settled_content
from server.domain.text.content import Block
from server.domain.text.workshops.errors import WorkshopGone
from server.domain.text.workshops.notes import MAX_NAME, MAX_WORDS, NoteKind, Workshop, section_of
from server.storage.engine.types import Reader
from server.storage.sign_offs.board import read_newest_position
from server.storage.text.update_log import read_log
from server.storage.text.visits import read_position
from server.storage.text.workshops.notes import find_workshop
from server.sync.projection import read_text
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.kept.parts import KeptParts
from server.web.http.pages.rendering import render
from server.web.text.workshops.remembered import remember_guest, remembered_guest

GUEST: Final = "/workshop/{token}"
NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Page:
    workshop: Workshop
    declaration: Declaration
    blocks: Sequence[Block]


async def show_section(request: Request) -> Response:
    web_of(request).limits.workshop_by_network.take(network_of(request))
    page = await _load(request)
    return await asyncio.to_thread(_show, request, page, said=request.query_params.get("said") == "1")


async def _load(request: Request) -> Page:
    """The text is read anew when its log has gone on. Raises WorkshopGone."""
    services, token, kept = services_of(request), _token_of(request), web_of(request).sections
    now = services.now()
    key, page = await services.database.ask(lambda db: _read(db, token, now, kept))
    kept.keep(key, page.blocks)
    return page


def _read(db: Reader, token: str, now: datetime, kept: KeptParts[Sequence[Block]]) -> tuple[Hashable, Page]:
    found = find_workshop(db, token)
    if found is None or not found[0].is_open(now):
        raise WorkshopGone()
    workshop, declaration = found
    scrubbed = read_newest_position(db, declaration.slug)  # words are taken out of a log that goes no further
    key = (declaration.text_id, read_position(db, declaration.text_id), scrubbed, workshop.section)
    blocks = kept.find(key)
    if blocks is None:
        content = settled_content(read_text(read_log(db, declaration.text_id).updates))
        blocks = section_of(content.blocks, workshop.section)
    return key, Page(workshop, declaration, blocks)


def _show(  # off the event loop: forty pages have six hundred forms, a megabyte of them
    request: Request,
    page: Page,
    *,
    said: bool = False,
    typed: Mapping[str, str] = NOTHING,
    problem: Problem | None = None,
) -> Response:
    status = problem.status if problem else 200
    return render(
        request,
        "text/workshops/guest.html",
        status,
        page=page,
        said=said,
        typed=typed,
        problem=problem,
        guest=remembered_guest(request),
        most=MAX_WORDS,
        most_name=MAX_NAME,
    )


async def say_something(request: Request, form: Form) -> Response:
    """About a paragraph of the section as it stands. What does not fit comes back with what was typed."""
    page = await _load(request)
    passages = {block.text.strip(): block.text for block in page.blocks}
    try:
        passage, kind = form.text("passage", 20_000), form.text("kind", 20)
        if passage not in passages:
            raise InvalidInput(field="passage")
        if kind not in set(NoteKind):
            raise InvalidInput(field="kind")
        guest = " ".join(form.text("guest", MAX_NAME).split())
        await say(
            services_of(request),
            token=_token_of(request),
            guest=guest,
            kind=NoteKind(kind),
            passage=passages[passage],
            words=_words(form, NoteKind(kind)),
        )
    except InvalidInput as error:
        typed = form.everything()
        return await asyncio.to_thread(_show, request, page, typed=typed, problem=problem_of(error))
    response = RedirectResponse(f"{request.url.path}?said=1", 303)
    remember_guest(response, request, guest)
    return response


def _words(form: Form, kind: NoteKind) -> str:
    """A paragraph stays one. Raises InvalidInput."""
    words = form.text("words", MAX_WORDS)
    return " ".join(words.split()) if kind is NoteKind.SUGGESTION else words


def _limit(request: Request) -> None:
    web_of(request).limits.notes_by_network.take(network_of(request))


def _token_of(request: Request) -> str:
    return str(request.path_params["token"])[:64]


ROUTES = [Route(GUEST, show_section), form_route(GUEST, say_something, limit=_limit)]
