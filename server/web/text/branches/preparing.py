"""A private draft in the editor, and the page on which it is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.branches import sharing
from server.domain.errors import NotFound
from server.domain.permissions import Access, can_join_room, can_suggest
from server.domain.text.branches.branches import (
    MAX_NOTE,
    Branch,
    branch_rights,
    may_enter,
    may_share,
    prefix_of,
)
from server.domain.text.live_text import LiveBlock
from server.storage.declarations.declarations import read_beginning
from server.storage.engine.types import Reader
from server.storage.people.persons import read_staff_names
from server.storage.text.branches import read_branch
from server.storage.text.update_log import read_log
from server.sync.branches import proposals_in, read_branch_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of, visit_of
from server.web.text.branches.listing import BRANCHES, branch_of
from server.web.text.editing import PageText, editor_config, ways_for
from server.web.text.live import show_live

_ONE: Final = f"{BRANCHES}/{{branch:int}}"


@dataclass(frozen=True, slots=True)
class Draft:
    """`count`: proposals that were made in it."""

    access: Access
    branch: Branch
    names: Mapping[int, str]
    began: datetime
    blocks: Sequence[LiveBlock]
    count: int


def _read(db: Reader, access: Access, branch_id: int) -> Draft:
    """Raises NotFound, also for whose it is not."""
    declaration = access.declaration
    branch = read_branch(db, declaration.id, branch_id)
    if not may_enter(access, branch):
        raise NotFound(what="branch")
    original, own = read_log(db, declaration.text_id).updates, read_log(db, branch_id).updates
    blocks = read_branch_text(original, own)
    count = len(proposals_in(blocks, prefix_of(branch_id)))
    names, began = read_staff_names(db, declaration.id), read_beginning(db, declaration.id)
    return Draft(access, branch, names, began, blocks, count)


async def _draft(request: Request, may: Callable[[Access], bool]) -> Draft:
    number = branch_of(request)
    return await read_page(request, may, lambda db, access, _: _read(db, access, number))


async def editor(request: Request) -> Response:
    """While the text is fixed it can be read only."""
    draft = await _draft(request, can_join_room)
    branch, access = draft.branch, draft.access
    text = PageText(branch.id, f"/branches/{branch.id}", branch_rights(access), prefix_of(branch.id))
    config = editor_config(web_of(request), visit_of(request), access, draft.names, draft.began, text)
    return render_framed(
        request,
        "text/editor.html",
        access,
        config=config,
        blocks=show_live(draft.blocks),
        ways=ways_for(access),
        since=None,
        translation=None,
        branch=branch,
        count=draft.count,
        may_share=may_share(access, branch),
    )


async def confirm_share(request: Request) -> Response:
    draft = await _draft(request, can_suggest)
    return render_framed(request, "text/branches/share.html", draft.access, draft=draft, longest=MAX_NOTE)


async def share(request: Request, form: Form) -> Response:
    await sharing.share_branch(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        branch_id=branch_of(request),
        note=form.optional_text("note", MAX_NOTE),
    )
    return RedirectResponse(declaration_path(request, "edit"), 303)


ROUTES = [
    Route(_ONE, editor),
    Route(f"{_ONE}/share", confirm_share),
    form_route(f"{_ONE}/share", share),
]
