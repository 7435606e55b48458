"""`demo-pdf OUT`: the starter text through the real actions, signed off by all, sealed."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from server.actions.declarations import start
from server.actions.release import sealing
from server.actions.services import Services
from server.actions.sign_offs import by_code
from server.actions.sign_offs.request import SignOffRequest
from server.actions.text import freezing
from server.app import open_services
from server.cli.demo import SLUG, demo_start
from server.cli.migrate import upgrade
from server.cli.stages.play import set_place_and_day
from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.settings import Settings, read_settings
from server.storage.declarations import declarations
from server.storage.notices.mails import list_waiting
from server.storage.people import municipalities, persons

WORDING: Final = (
    "Ich zeichne die Erklärung in der bezeichneten Fassung im Namen der von mir vertretenen Kommune."
)


def write_demo_pdf(options: argparse.Namespace) -> int:
    """In a folder of its own: the data of a running demo stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{folder}/demo.db"
        settings = replace(read_settings({"KRAFTAKT_DATA": folder}), database=database)
        upgrade(database)
        pdf = asyncio.run(_make(settings))
    Path(options.out).write_bytes(pdf)
    print(f"{options.out}: {len(pdf):,} bytes")
    return 0


async def _make(settings: Settings) -> bytes:
    async with open_services(settings) as services:
        begun = demo_start(services.now())
        await start.start_declaration(services, start=begun)
        async with services.database.read() as db:
            clara = await persons.find_by_email(db, "clara@region.example")
        if clara is None:
            raise LookupError("the demo has no coordination")
        await set_place_and_day(services, clara, begun)
        revision = await freezing.freeze_text(services, actor=clara, slug=SLUG, proven_at=services.now())
        await _sign_all(services, revision.digest)
        return (
            await sealing.seal_declaration(services, actor=clara, slug=SLUG, proven_at=services.now())
        ).pdf


async def _sign_all(services: Services, digest: str) -> None:
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, SLUG)
        invited = await municipalities.list_invited(db, declaration.id, services.now())
    for place, (mandate, person) in enumerate(invited, 1):
        await _sign(services, digest, mandate, person)
        print(f"\r{place} of {len(invited)} sign-offs", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


async def _sign(services: Services, digest: str, mandate: Mandate, person: Person) -> None:
    request = SignOffRequest(digest, mandate.id, WORDING)
    challenge_id = await by_code.send_code(services, actor=person, slug=SLUG, request=request)
    code = await _code_from_mail(services, person)
    await by_code.confirm_code(services, actor=person, slug=SLUG, challenge_id=challenge_id, code=code)


async def _code_from_mail(services: Services, person: Person) -> str:
    """As the person would: from the newest mail to them."""
    async with services.database.read() as db:
        waiting = [mail for mail in await list_waiting(db, 1000) if mail.recipient == person.email]
    return str(waiting[-1].payload["code"])
