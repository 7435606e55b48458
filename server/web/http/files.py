"""Files that are made or read for one person: so many in a time, whatever they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.web.http.context import web_of
from server.web.http.visits import person_of

Handler = Callable[[Request], Awaitable[Response]]


def limit_files(request: Request) -> None:
    """Raises NotSignedIn, TooMany."""
    web_of(request).limits.file_by_person.take(str(person_of(request).id))


def file_route(path: str, handler: Handler) -> Route:
    """The way to a file below a declaration's address: typesetting, packing and writing it on record cost
    something each time."""

    async def endpoint(request: Request) -> Response:
        limit_files(request)
        return await handler(request)

    return Route(path, endpoint, name=handler.__name__)
