"""„Meine Daten“: what is stored about oneself, as a ZIP; having it erased."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.record.erasure import erase_by_coordination, erase_own
from server.actions.record.own_data import OwnData, export_own_data
from server.domain.errors import NotAllowed, NotFound
from server.domain.permissions import can_manage_people
from server.domain.person_rights import may_erase_others
from server.storage.people import participants, persons
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.files import limit_files
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import end_session, person_of, visit_of
from server.web.sentences.messages import N_

LABELS: Final[Mapping[str, str]] = {
    "persons": N_("Person"),
    "participants": N_("Takes part in"),
    "former_participants": N_("Took part in"),
    "mandates": N_("Mandates"),
    "sign_offs": N_("Answers with their statements"),
    "withdrawals": N_("Answers taken back"),
    "passkeys": N_("Passkeys"),
    "identities": N_("Accounts at providers"),
    "sessions": N_("Sessions"),
    "mails": N_("Mail that was sent"),
    "notice_choices": N_("Which mail I get"),
    "digest_items": N_("Messages that wait for the daily mail"),
    "invitations": N_("Invitations"),
    "reminders": N_("Reminders that were written"),
    "reminder_recipients": N_("Reminders that were received"),
    "setting_changes": N_("Settings that were changed"),
    "revisions": N_("Revisions that were fixed"),
    "visits": N_("Texts that were opened"),
    "final_documents": N_("Final documents that were made"),
    "audit_events": N_("Entries in the log"),
    "legal_texts": N_("Public pages that were edited"),
    "import_drafts": N_("Tables that were brought"),
    "text_imports": N_("Files that were brought as a text"),
}
"""By table; one without a label keeps its own name."""


async def show(request: Request) -> Response:
    return render(request, "record/own_data_page.html", person=person_of(request))


async def download(request: Request, _: Form) -> Response:
    person = person_of(request)
    data = await export_own_data(services_of(request), actor=person, proven_at=proven_at(request))
    language = visit_of(request).language
    html = web_of(request).pages.render(
        "record/own_data.html", language, {"person": person, "data": data, "labels": LABELS}
    )
    packed = await asyncio.to_thread(_pack, data, html)
    headers = {
        "Content-Disposition": 'attachment; filename="kraftakt-daten.zip"',
        "Cache-Control": "no-store",
    }
    return Response(packed, media_type="application/zip", headers=headers)


def _pack(data: OwnData, html: str) -> bytes:
    found = {section.table: section.rows for section in data.sections}
    value = {
        "format": "kraftakt-own-data/1",
        "at": data.at.isoformat(),
        "editors": data.written,
        "data": found,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("daten.json", json.dumps(value, ensure_ascii=False, indent=1))
        file.writestr("daten.html", html)
    return out.getvalue()


async def confirm_erasure(request: Request) -> Response:
    ensure_fresh(request)
    return render(request, "record/erase.html", person=person_of(request))


async def erase(request: Request, _: Form) -> Response:
    services = services_of(request)
    await erase_own(services, actor=person_of(request), proven_at=proven_at(request))
    response = RedirectResponse("/account/erased", 303)
    end_session(response, services)
    return response


async def erased(request: Request) -> Response:
    return render(request, "record/erased.html")


async def confirm_erasing_other(request: Request) -> Response:
    if not may_erase_others(person_of(request)):
        raise NotAllowed()
    number = person_number(request)
    access = await read_page(request, can_manage_people, lambda _db, access, _now: access)
    ensure_fresh(request)
    async with services_of(request).database.read() as db:
        if not await participants.list_roles(db, access.declaration.id, number):
            raise NotFound(what="person")
        other = await persons.load_person(db, number)
    return render_framed(request, "record/erase_other.html", access, person=other)


async def erase_other(request: Request, _: Form) -> Response:
    slug = slug_of(request)
    await erase_by_coordination(
        services_of(request),
        actor=person_of(request),
        slug=slug,
        person_id=person_number(request),
        proven_at=proven_at(request),
    )
    return RedirectResponse(f"/declarations/{slug}/people", 303)


def person_number(request: Request) -> int:
    """The address's own. Raises NotFound for one that no row can have."""
    number = int(request.path_params["person"])
    if number >= 2**31:
        raise NotFound(what="person")
    return number


_OTHER: Final = f"{DECLARATION}/people/{{person:int}}/erase"
ROUTES = [
    Route("/account/data", show),
    form_route("/account/data", download, limit=limit_files),
    Route("/account/erase", confirm_erasure),
    form_route("/account/erase", erase),
    Route("/account/erased", erased),
    Route(_OTHER, confirm_erasing_other),
    form_route(_OTHER, erase_other),
]
