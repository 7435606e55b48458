"""Routes that change something: what can be refused without reading the body is refused before; then comes
the form's token, then the handler, whose fields are typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.errors import InvalidInput, ProofNeeded
from server.web.http import csrf
from server.web.http.bodies.bodies import USUAL, Bounds, Fields, Takes, ensure_type, read_fields
from server.web.http.context import web_of
from server.web.http.proof.asking import ask_for_proof
from server.web.http.refusals import note_refusal
from server.web.http.visits import visit_of

MAX_TEXT: Final = 2_000
LAYOUT: Final = frozenset("\t\r\n")
"""Control characters that people type."""
BROUGHT: Final[Mapping[int, str]] = {
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x02, 0x1F), ""),
    **dict.fromkeys((0x0B, 0x0C, 0x2028, 0x2029), "\n"),
    0x1E: "\u2011",
}
"""What copied words bring along unseen, and what is kept of it. Word: the breaks of lines and pages (0B, 0C),
hyphens (1E, 1F). PDF viewers: the hyphen at a line's end (02). Windows' dialogs: directions (202A to 202E),
which turn whatever stands after them."""
BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing."""


class Form:
    """Fields of a form or of a JSON object. Every reader raises InvalidInput that names the field."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    @property
    def fields(self) -> Mapping[str, object]:
        """As they came, for what hands them on."""
        return self._fields

    def text(self, name: str, longest: int = MAX_TEXT) -> str:
        """Trimmed, and something of it shows."""
        value = self.optional_text(name, longest)
        if not any(char.isprintable() and char != " " and char not in BLANK for char in value):
            raise InvalidInput(field=name)
        return value

    def optional_text(self, name: str, longest: int = MAX_TEXT) -> str:
        value = self._fields.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            raise InvalidInput(field=name)
        value = value.translate(BROUGHT)
        if not all(map(_is_text, value)):
            raise InvalidInput(field=name)
        return value.strip()

    def typed(self, name: str, longest: int = MAX_TEXT) -> str:
        """What came in a field, to be shown again with what is wrong, but for what no page can show."""
        value = self._fields.get(name, "")
        if not isinstance(value, str):
            return ""
        return "".join(filter(_is_text, value[:longest].translate(BROUGHT)))

    def chosen(self, prefix: str) -> frozenset[str]:
        """What is ticked: the rest of the names of all boxes whose names begin so."""
        return frozenset(name[len(prefix) :] for name in self._fields if name.startswith(prefix))

    def everything(self) -> dict[str, str]:
        """All that came in fields, to be shown again: see `typed`."""
        return {name: self.typed(name) for name in self._fields}

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

    def optional_upload(self, name: str) -> UploadFile | None:
        value = self._fields.get(name)
        return value if isinstance(value, UploadFile) and value.size else None

    def upload(self, name: str, *, may_be_empty: bool = False) -> UploadFile:
        """A browser sends a file without name and content where none was chosen."""
        value = self._fields.get(name)
        if not isinstance(value, UploadFile) or not (value.size or (may_be_empty and value.filename)):
            raise InvalidInput(field=name)
        return value


Handler = Callable[[Request, Form], Awaitable[Response]]


def form_route(
    path: str,
    handler: Handler,
    takes: Takes = Takes.FORM,
    limit: Callable[[Request], None] | None = None,
    bounds: Bounds = USUAL,
) -> Route:
    """The only way to a route that changes something. `limit` raises TooMany before the body is read."""

    async def endpoint(request: Request) -> Response:
        fields: Fields = {}
        try:
            visit, token = visit_of(request), request.headers.get(csrf.HEADER)
            csrf.ensure_returning(visit)
            if token is not None or takes is Takes.JSON:
                csrf.ensure_token(visit, token or "")
            ensure_type(request, takes)
            if limit is not None:
                limit(request)
            fields = await read_fields(
                request, lambda fields: csrf.ensure_token(visit, _token_in(fields, token)), bounds
            )
            response = await handler(request, Form(fields))
            web_of(request).public.look_again()
            return response
        except ProofNeeded as error:
            if takes is Takes.JSON:
                raise
            note_refusal(request, error)
            return await ask_for_proof(request, fields)
        finally:
            for value in fields.values():
                if isinstance(value, UploadFile):
                    await value.close()

    return Route(path, endpoint, methods=["POST"], name=handler.__name__)


def stop_route(path: str, handler: Callable[[Request], Awaitable[Response]]) -> Route:
    """For mail programs, which have neither cookie nor form (RFC 8058): the address holds a secret that no
    other site can know, and all that it can do is stop mails. The body is not read."""
    return Route(path, handler, methods=["POST"], name=handler.__name__)


def _token_in(fields: Fields, header: str | None) -> str:
    token = fields.get(csrf.FIELD) or header
    return token if isinstance(token, str) else ""


def _is_text(char: str) -> bool:
    """No half character, which JSON can carry but UTF-8 cannot, and no control character (NUL above all,
    which PostgreSQL refuses)."""
    return char in LAYOUT or unicodedata.category(char) not in ("Cc", "Cs")
