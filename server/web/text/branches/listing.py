"""Private drafts: one's own, and the batches of proposals that were shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.branches import preparing, sharing
from server.domain.permissions import Access, can_join_room, can_moderate, can_suggest
from server.domain.text.branches import branches as rules
from server.domain.text.branches.branches import Branch, BranchState, prefix_of
from server.domain.text.branches.outcome import Outcome, outcome_of
from server.domain.text.live_text import open_suggestions
from server.storage.engine.types import Reader
from server.storage.text.branches import read_branches
from server.storage.text.decisions import read_verdicts
from server.storage.text.update_log import read_log
from server.sync.branches import proposals_in, read_branch_text
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

BRANCHES: Final = f"{DECLARATION}/branches"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What nobody else sees. `count`: its proposals."""

    branch: Branch
    count: int

    @property
    def ends_at(self) -> datetime | None:
        """When what was discarded is gone for good."""
        at = self.branch.discarded_at
        return None if at is None else at + rules.KEPT_FOR


@dataclass(frozen=True, slots=True)
class Batch:
    branch: Branch
    outcome: Outcome

    @property
    def is_kept(self) -> bool:
        return self.branch.state is BranchState.KEPT

    @property
    def left(self) -> int:
        return self.outcome.open + self.outcome.waiting

    @property
    def cells(self) -> list[tuple[str, int]]:
        """For the meter, which draws them as it draws answers."""
        found = self.outcome
        return [
            ("signed", found.taken_over),
            ("declined", found.rejected),
            ("subject_to_council", found.waiting),
            ("open", found.open),
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """`private` and `discarded` are the person's own or their office's; `batches` everybody's."""

    access: Access
    private: Sequence[Prepared]
    discarded: Sequence[Prepared]
    batches: Sequence[Batch]
    may_begin: bool
    may_put_off: bool


async def list_branches(request: Request) -> Response:
    page = await read_page(request, can_join_room, _read)
    return render_framed(request, "text/branches/list.html", page.access, page=page, longest=rules.MAX_NAME)


def _read(db: Reader, access: Access, now: datetime) -> Page:
    known = read_branches(db, access.declaration.id)
    original = read_log(db, access.declaration.text_id).updates
    stand = open_suggestions(read_text(original))
    shared = [each for each in known if each.state in (BranchState.SHARED, BranchState.KEPT)]
    ids = {proposal for each in shared for proposal in each.proposals}
    verdicts = read_verdicts(db, access.declaration.text_id, ids)
    return Page(
        access,
        list(_private(db, access, known, original)),
        [Prepared(each, 0) for each in known if rules.may_restore(access, each, now)],
        [Batch(each, outcome_of(each, stand, verdicts)) for each in reversed(shared)],
        can_suggest(access),
        can_moderate(access),
    )


def _private(
    db: Reader, access: Access, known: Sequence[Branch], original: Sequence[bytes]
) -> Iterator[Prepared]:
    for branch in known:
        if rules.may_enter(access, branch):
            blocks = read_branch_text(original, read_log(db, branch.id).updates)
            yield Prepared(branch, len(proposals_in(blocks, prefix_of(branch.id))))


async def begin(request: Request, form: Form) -> Response:
    branch = await preparing.begin_branch(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        name=form.text("name", rules.MAX_NAME),
        office=form.optional_text("for", 10) == "office",
    )
    return RedirectResponse(declaration_path(request, f"branches/{branch}"), 303)


async def discard(request: Request, _: Form) -> Response:
    await preparing.discard_branch(
        services_of(request), actor=person_of(request), slug=slug_of(request), branch_id=branch_of(request)
    )
    return to_list(request)


async def restore(request: Request, _: Form) -> Response:
    await preparing.restore_branch(
        services_of(request), actor=person_of(request), slug=slug_of(request), branch_id=branch_of(request)
    )
    return to_list(request)


async def put_off(request: Request, _: Form) -> Response:
    return await _put_off(request, off=True)


async def take_up(request: Request, _: Form) -> Response:
    return await _put_off(request, off=False)


async def _put_off(request: Request, *, off: bool) -> Response:
    await sharing.put_off_batch(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        branch_id=branch_of(request),
        off=off,
    )
    return to_list(request)


def branch_of(request: Request) -> int:
    return int(request.path_params["branch"])


def to_list(request: Request) -> Response:
    return RedirectResponse(declaration_path(request, "branches"), 303)


_ONE: Final = f"{BRANCHES}/{{branch:int}}"
ROUTES = [
    Route(BRANCHES, list_branches),
    form_route(BRANCHES, begin),
    form_route(f"{_ONE}/discard", discard),
    form_route(f"{_ONE}/restore", restore),
    form_route(f"{_ONE}/put-off", put_off),
    form_route(f"{_ONE}/take-up", take_up),
]
