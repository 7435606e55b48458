"""What became of the mails of a declaration, for the coordination."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.notices.returned import mark_returned
from server.domain.notices.kinds import KINDS
from server.domain.permissions import Access, can_see_mails
from server.mail.stored import every_notice
from server.storage.engine.types import Reader
from server.storage.notices.mail_states import MailState, read_states
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sentences.messages import N_

SHOWN: Final = 100
STATES: Final[Mapping[str, str]] = {
    "waiting": N_("on its way"),
    "refused": N_("refused, will be tried again"),
    "given_up": N_("not delivered"),
    "sent": N_("sent"),
    "returned": N_("came back"),
}


async def show_mails(request: Request) -> Response:
    access, states = await read_page(request, can_see_mails, _read)
    troubled = sum(state.state not in ("waiting", "sent") for state in states)
    return render_framed(
        request,
        "notices/mails.html",
        access,
        mails=states,
        troubled=troubled,
        shown=SHOWN,
        words=STATES,
        kinds_of_notice=_labels(),
        marked="returned" in request.query_params,
    )


def _read(db: Reader, access: Access, _now: datetime) -> tuple[Access, list[MailState]]:
    return access, read_states(db, access.declaration.id, SHOWN)


def _labels() -> dict[str, str]:
    """By the name of a notice, what its kind is called."""
    return {kind.__name__: KINDS[kind.kind].label for kind in every_notice() if kind.kind is not None}


async def note_returned(request: Request, form: Form) -> Response:
    await mark_returned(
        services_of(request), actor=person_of(request), slug=slug_of(request), mail_id=form.number("mail")
    )
    return RedirectResponse(f"{declaration_path(request, 'mails')}?returned", 303)


ROUTES = [
    Route(f"{DECLARATION}/mails", show_mails),
    form_route(f"{DECLARATION}/mails", note_returned),
]
