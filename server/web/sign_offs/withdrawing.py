"""Taking an answer back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.actions.sign_offs.withdrawal import withdraw_sign_off
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of


async def withdraw(request: Request, form: Form) -> Response:
    taken_back = await withdraw_sign_off(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        mandate_id=form.number("mandate"),
        sign_off_id=form.number("sign_off"),
    )
    return RedirectResponse(declaration_path(request, f"sign?municipality={taken_back.ags}"), 303)


ROUTES = [form_route(f"{DECLARATION}/sign/withdraw", withdraw)]
