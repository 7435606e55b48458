"""The text as it stood: by the hour, each state compared with now, and words brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import checkpoints as acts
from server.domain import permissions
from server.domain.errors import NotFound
from server.domain.permissions import Access
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind, count_proposals, settled_content
from server.domain.text.comparison import BlockChange, compare
from server.domain.text.content import Content
from server.storage.engine.types import Reader
from server.storage.text import checkpoints
from server.storage.text.update_log import read_log
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sentences.messages import N_

KINDS = {
    CheckpointKind.HOUR: "",
    CheckpointKind.BEFORE_DELETION: N_("before much was deleted"),
    CheckpointKind.BEFORE_COMPACTION: "",
    CheckpointKind.BEFORE_BRINGING_BACK: N_("before words were brought back"),
    CheckpointKind.BEFORE_IMPORT: N_("before a file was taken over"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A state in the list. `share`: its letters, in percent of the longest state's."""

    head: CheckpointHead
    why: str
    share: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A change since then. `number`: of the earlier block, from 0; None where there was none."""

    change: BlockChange
    number: int | None


@dataclass(frozen=True, slots=True)
class Earlier:
    access: Access
    head: CheckpointHead
    passages: Sequence[Passage]
    proposals: int


async def history(request: Request) -> Response:
    def read(db: Reader, access: Access, _: datetime) -> tuple[Access, list[CheckpointHead]]:
        return access, checkpoints.read_heads(db, access.declaration.text_id)

    access, heads = await read_page(request, permissions.can_see_history, read)
    longest = max((head.letters for head in heads), default=0) or 1
    rows = [Row(head, KINDS[head.kind], round(100 * head.letters / longest)) for head in heads]
    done = "brought_back" in request.query_params
    return render_framed(request, "text/history.html", access, rows=rows, done=done)


async def earlier(request: Request) -> Response:
    number = request.path_params["number"]

    def read(db: Reader, access: Access, _: datetime) -> Earlier:
        text_id = access.declaration.text_id
        head = find_head(checkpoints.read_heads(db, text_id), number)
        blocks = checkpoints.read_blocks(db, text_id, head.id)
        now = settled_content(read_text(read_log(db, text_id).updates))
        return Earlier(access, head, list_passages(settled_content(blocks), now), count_proposals(blocks))

    page = await read_page(request, permissions.can_see_history, read)
    return render_framed(
        request,
        "text/checkpoint.html",
        page.access,
        head=page.head,
        passages=page.passages,
        proposals=page.proposals,
        may_bring_back=permissions.can_bring_back(page.access),
    )


def list_passages(old: Content, new: Content) -> list[Passage]:
    numbers = {id(block): number for number, block in enumerate(old.blocks)}
    return [Passage(change, numbers.get(id(change.old))) for change in compare(old, new)]


def find_head(heads: Sequence[CheckpointHead], number: str) -> CheckpointHead:
    """`number`: its id as an address gives it. Raises NotFound."""
    for head in heads:
        if str(head.id) == number:
            return head
    raise NotFound(what="checkpoint")


async def bring_back(request: Request, form: Form) -> Response:
    """`block`: number of the passage; without it, the whole text."""
    checkpoint, typed = request.path_params["number"], form.optional_text("block", 10)
    if not checkpoint.isdecimal() or len(checkpoint) > 15:
        raise NotFound(what="checkpoint")
    await acts.bring_back(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        checkpoint_id=int(checkpoint),
        block=form.number("block") if typed else None,
    )
    return RedirectResponse(declaration_path(request, "text/history?brought_back=1"), 303)


ROUTES = [
    Route(f"{DECLARATION}/text/history", history),
    Route(f"{DECLARATION}/text/history/{{number}}", earlier),
    form_route(f"{DECLARATION}/text/history/{{number}}", bring_back),
]
