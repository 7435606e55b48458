"""Routes that change something: the token is checked before the handler runs, the fields are typed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.errors import InvalidInput
from server.web.http import csrf
from server.web.http.visits import visit_of

MAX_FIELDS: Final = 40
MAX_TEXT: Final = 2_000
LAYOUT: Final = frozenset("\t\r\n")
"""Control characters that people type."""


class Form:
    """Fields of a form or of a JSON object. Every reader raises InvalidInput that names the field."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def text(self, name: str, longest: int = MAX_TEXT) -> str:
        """Trimmed and not empty."""
        value = self.optional_text(name, longest)
        if not value:
            raise InvalidInput(field=name)
        return value

    def optional_text(self, name: str, longest: int = MAX_TEXT) -> str:
        value = self._fields.get(name, "")
        if not isinstance(value, str) or len(value) > longest or not _is_text(value):
            raise InvalidInput(field=name)
        return value.strip()

    def typed(self, name: str) -> str:
        """What came in a field, to be shown again with what is wrong; empty if no page can show it."""
        value = self._fields.get(name, "")
        return value[:MAX_TEXT] if isinstance(value, str) and _is_text(value) else ""

    def number(self, name: str) -> int:
        value = self._fields.get(name)
        if isinstance(value, str) and value.isdecimal() and len(value) < 16:
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise InvalidInput(field=name)

    def mapping(self, name: str) -> Mapping[str, object]:
        value = self._fields.get(name)
        if not isinstance(value, dict):
            raise InvalidInput(field=name)
        return value

    def upload(self, name: str) -> UploadFile:
        value = self._fields.get(name)
        if not isinstance(value, UploadFile) or not value.size:
            raise InvalidInput(field=name)
        return value


Handler = Callable[[Request, Form], Awaitable[Response]]


def form_route(path: str, handler: Handler) -> Route:
    """The only way to a route that changes something."""

    async def endpoint(request: Request) -> Response:
        try:
            fields = await _read(request)
            token = fields.get(csrf.FIELD) or request.headers.get(csrf.HEADER, "")
            csrf.ensure_token(visit_of(request), token if isinstance(token, str) else "")
            return await handler(request, Form(fields))
        finally:
            await request.close()  # the file of an upload

    return Route(path, endpoint, methods=["POST"], name=handler.__name__)


async def _read(request: Request) -> Mapping[str, object]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return _json_object(await request.body())
    return dict((await request.form(max_files=1, max_fields=MAX_FIELDS)).items())


def _json_object(body: bytes) -> Mapping[str, object]:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(field="body") from error
    if not isinstance(value, dict):
        raise InvalidInput(field="body")
    return value


def _is_text(value: str) -> bool:
    """No half characters, which JSON can carry but UTF-8 cannot, and no control characters (NUL above all,
    which PostgreSQL refuses)."""
    return all(char in LAYOUT or unicodedata.category(char) not in ("Cc", "Cs") for char in value)
