"""The package for the E-Akte, from the page of the publication."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.actions.release.archiving import Wanted, hand_to_archive
from server.domain.errors import InvalidInput
from server.domain.release.archive import MAX_READER, MessageKind
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.files import file_route
from server.web.http.visits import person_of

ARCHIVE: Final = f"{DECLARATION}/archive.zip"


async def archive_zip(request: Request) -> Response:
    """On record, as every download of what is sealed."""
    asked = request.query_params
    kind = MessageKind.named(asked.get("message", MessageKind.INFORMATION))
    reader = " ".join(asked.get("reader", "").split())
    if kind is None:
        raise InvalidInput(field="message")
    if len(reader) > MAX_READER:
        raise InvalidInput(field="reader")
    package = await hand_to_archive(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        wanted=Wanted(kind, reader),
    )
    headers = {"Content-Disposition": f'attachment; filename="{package.name}"'}
    return Response(package.data, media_type="application/zip", headers=headers)


ROUTES = [file_route(ARCHIVE, archive_zip)]
