"""A browser has found that the sign page shows something other than what would be signed."""

from __future__ import annotations

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.domain import permissions
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.bodies.bodies import Takes
from server.web.http.context import web_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import visit_of

LINKS: Final = frozenset(
    {
        "text", "digest", "statement", "challenge", "revision", "declaration", "municipality", "wording",
        "signatory", "reason", "answer", "council_date", "council_body", "council_reference",
    }
)  # fmt: skip
"""Of the chain from the shown text to the signature: `client/src/signing`."""
log = logging.getLogger("kraftakt.chain")


async def note_difference(request: Request, form: Form) -> Response:
    """An alert for the operator, without a word of the text; nothing is stored."""
    access = await read_page(request, permissions.can_sign, lambda _db, access, _now: access)
    link = form.optional_text("link", 40)
    link = link if link in LINKS else "thing"
    web_of(request).limits.code_by_person.take(f"differs {link} {access.person.id}")
    log.error(
        "request %s: the sign page of %s shows another %s than would be signed, person %s",
        visit_of(request).request_id,
        access.declaration.slug,
        link,
        access.person.id,
    )
    return Response(status_code=204)


ROUTES = [form_route(f"{DECLARATION}/sign/differs", note_difference, Takes.JSON)]
