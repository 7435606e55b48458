"""What the editor knows of batches: whose they are, and which suggestions they hold."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.domain.permissions import Access, can_join_room, can_moderate
from server.domain.text.branches.branches import Branch, BranchState
from server.storage.engine.types import Reader
from server.storage.text.branches import read_branches
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION


async def batches(request: Request) -> Response:
    def read(db: Reader, access: Access, _: datetime) -> tuple[Access, list[Branch]]:
        return access, read_branches(db, access.declaration.id)

    access, known = await read_page(request, can_join_room, read)
    shared = (BranchState.SHARED, BranchState.KEPT)
    found = [_json(each) for each in known if each.state in shared]
    said = {"batches": found, "mayPutOff": can_moderate(access)}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


def _json(batch: Branch) -> dict[str, object]:
    return {
        "id": batch.id,
        "name": batch.name,
        "who": batch.who,
        "note": batch.note,
        "kept": batch.state is BranchState.KEPT,
        "proposals": batch.proposals,
    }


ROUTES = [Route(f"{DECLARATION}/batches", batches)]
