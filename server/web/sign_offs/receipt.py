"""What was signed, as a file."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.actions.sign_offs.receipts import make_receipt
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.files import file_route
from server.web.http.visits import person_of


async def receipt(request: Request) -> Response:
    person, slug = person_of(request), slug_of(request)
    made = await make_receipt(
        services_of(request), actor=person, slug=slug, sign_off_id=request.path_params["sign_off"]
    )
    name = f"{slug}-beleg-{made.answer.ags}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made.pdf, media_type="application/pdf", headers=headers)


ROUTES = [file_route(f"{DECLARATION}/sign/receipt/{{sign_off:int}}.pdf", receipt)]
