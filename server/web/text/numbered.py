"""Any state of the text as a PDF with line numbers; the text of a Fassung for the editor's numbers."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.actions.text.numbered import numbered_draft
from server.domain import permissions
from server.domain.permissions import Access
from server.domain.text.versions import Fixed
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_content, read_heads
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.files import file_route
from server.web.text.history.sources import Version, key_of, read_version
from server.web.text.shown import read_shown


async def draft(request: Request) -> Response:
    """`?version=`: a key as in `compare`. Raises NotFound, NotAllowed, UnprintableText, TooMany."""
    key = key_of(request.query_params.get("version", "now"))

    def read(db: Reader, access: Access, now: datetime) -> tuple[Access, Version, datetime]:
        version = read_version(db, read_shown(db, access, ""), key)
        return access, version, version.at or now

    access, version, at = await read_page(request, permissions.can_take_text, read)
    number = key.number if isinstance(key, Fixed) else 0
    pdf = await numbered_draft(access.declaration, version.content, number, at)
    name = f"{slug_of(request)}-zeilen.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def fixed_lines(request: Request) -> Response:
    """The blocks of the newest Fassung as plain words: the editor numbers them and finds them again in what
    is written since. `revision` 0: nothing is fixed yet."""

    def read(db: Reader, access: Access, _: datetime) -> dict[str, object]:
        text_id = access.declaration.text_id
        heads = read_heads(db, [text_id])[text_id]
        if not heads:
            return {"revision": 0, "blocks": []}
        blocks = [block.text for block in read_content(db, heads[0].id).blocks]
        return {"revision": heads[0].number, "blocks": blocks}

    found = await read_page(request, permissions.can_join_room, read)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


ROUTES = [
    file_route(f"{DECLARATION}/lines.pdf", draft),
    Route(f"{DECLARATION}/lines.json", fixed_lines),
]
