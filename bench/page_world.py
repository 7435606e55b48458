"""The world that `bench.pages` asks: 50 of 51 sign-offs, 300 log entries, 199 more drafts."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final

from server.actions.declarations.start import start_declaration
from server.actions.services import Services
from server.actions.sign_offs import by_code
from server.actions.sign_offs.request import SignOffRequest
from server.actions.text import freezing
from server.app import open_services
from server.cli.demo import SLUG, demo_start
from server.cli.demo_people import STAFF
from server.cli.migrate import upgrade
from server.domain.audit import AuditEvent, Tag
from server.domain.people.persons import Person
from server.settings import Settings
from server.storage.notices import mails
from server.storage.people import municipalities, persons, sessions
from server.storage.record import audit

LOG_ENTRIES: Final = 300
DRAFTS: Final = tuple(f"weitere-{number}" for number in range(199))
COORDINATOR: Final = "clara@region.example"
SIGNATORY: Final = "doris@rathaus.example"
"""The one who has not answered: her page is the one to sign on."""


def build(settings: Settings) -> dict[str, str]:
    """Session tokens by e-mail address."""
    upgrade(settings.database)
    return asyncio.run(_build(settings))


async def _build(settings: Settings) -> dict[str, str]:
    async with open_services(settings) as services:
        start = replace(demo_start(services.now()), embargo=None, deadline=None)
        await start_declaration(services, start=start)
        for slug in DRAFTS:
            further = replace(start, slug=slug, blocks=start.blocks[:1], invitees=STAFF)
            await start_declaration(services, start=further)
        clara = await _load_person(services, COORDINATOR)
        digest = (
            await freezing.freeze_text(services, actor=clara, slug=SLUG, proven_at=services.now())
        ).digest
        await _sign(services, digest)
        await _fill_log(services, clara)
        return {email: await _open_session(services, email) for email in (COORDINATOR, SIGNATORY)}


async def _load_person(services: Services, email: str) -> Person:
    async with services.database.read() as db:
        person = await persons.find_by_email(db, email)
    assert person is not None
    return person


async def _sign(services: Services, digest: str) -> None:
    """By everybody but one, with the code from the mail."""
    async with services.database.read() as db:
        invited = await municipalities.list_invited(db, 1, services.now())
    for mandate, person in invited:
        if person.email == SIGNATORY:
            continue
        request = SignOffRequest(digest, mandate.id, "Ich zeichne die Erklärung.")
        challenge_id = await by_code.send_code(services, actor=person, slug=SLUG, request=request)
        async with services.database.read() as db:
            code = _newest_code(await mails.list_waiting(db, 1000), person.email)
        await by_code.confirm_code(services, actor=person, slug=SLUG, challenge_id=challenge_id, code=code)


def _newest_code(waiting: list[mails.WaitingMail], email: str) -> str:
    return str(
        [mail.payload["code"] for mail in waiting if mail.recipient == email and "code" in mail.payload][-1]
    )


async def _fill_log(services: Services, actor: Person) -> None:
    async with services.database.write() as db:
        there = len(await audit.list_events(db, SLUG))
        for _ in range(LOG_ENTRIES - there):
            event = AuditEvent(services.now(), Tag.SIGN_OFF_CODE_SEND, actor.id, SLUG, {"revision": 1})
            await audit.append_event(db, event)


async def _open_session(services: Services, email: str) -> str:
    person, token, now = await _load_person(services, email), secrets.token_urlsafe(32), services.now()
    async with services.database.write() as db:
        await sessions.append_session(db, token, person.id, now, now + timedelta(days=1))
    return token
