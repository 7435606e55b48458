"""`python -m bench.ours PORT FOLDER ROOMS [BLOCKS [full]]`: our server, with declarations to measure in.

It is started as `serve` does it. The slugs are bench-0, bench-1, …; one editor may write in all of them and
is signed in with the token in KRAFTAKT_BENCH_SESSION. A second start with the same folder finds everything
as the first left it.

One thing differs from the real service: the limits on how fast and how much a connection may send, and on
how many a person may have, are out of reach, since a load generator is one person who types faster than
people do. What is done for an update stays the same. KRAFTAKT_FAST_PATHS counts as in the service.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import server.cli.serve
from bench.full_room import COORDINATOR, SENTENCE, fill
from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.services import Services
from server.app import build_services, open_services
from server.cli.migrate import upgrade
from server.cli.serve import run_server
from server.domain.people.roles import Role
from server.domain.text.content import Block, Run
from server.settings import Settings, read_settings
from server.storage.people import persons, sessions
from server.sync.room.limits import Limits

EDITOR: Final = Invitee("anna@offenburg.example", "Anna Ahorn", Role.EDITOR, "08317096")
UNREACHABLE: Final = Limits(
    message_rate=1e9,
    message_burst=1e9,
    byte_rate=1e12,
    byte_burst=1e12,
    outgoing=1 << 30,
    uncommitted=1 << 30,
    connections_per_person=1 << 30,
)


def main(port: str, folder: str, rooms: str, blocks: str = "0", full: str = "") -> None:
    """`blocks`: paragraphs in each declaration, of about 400 characters; without them one empty paragraph.
    `full`: the first is full of suggestions and comments (`bench/full_room.py`)."""
    fast_paths = os.environ.get("KRAFTAKT_FAST_PATHS", "")
    settings = read_settings(
        {"KRAFTAKT_DATA": folder, "KRAFTAKT_PORT": port, "KRAFTAKT_FAST_PATHS": fast_paths}
    )
    is_new = not (Path(folder) / "kraftakt.db").exists()
    upgrade(settings.database)
    if is_new:
        starts = [start_of(f"bench-{number}", int(blocks)) for number in range(int(rooms))]
        filled = int(blocks) if full else 0
        asyncio.run(_seed(settings, starts, os.environ["KRAFTAKT_BENCH_SESSION"], filled))
    server.cli.serve.build_services = _build_without_limits
    run_server(settings)


def _build_without_limits(settings: Settings) -> Services:
    services = build_services(settings)
    services.rooms.limits = UNREACHABLE
    return services


async def _seed(settings: Settings, starts: Sequence[Start], token: str, filled: int) -> None:
    async with open_services(settings) as services:
        for start in starts:
            await start_declaration(services, start=start)
        if filled:
            services.rooms.start()
            await fill(services, starts[0].slug, filled)
            await services.rooms.close()
        await sign_in(services, token)


def start_of(slug: str, blocks: int) -> Start:
    return Start(
        slug=slug,
        title=f"Erklärung {slug}",
        issuer="Städte und Gemeinden im Ortenaukreis",
        deadline=None,
        embargo=None,
        blocks=[Block("paragraph", 0, (Run(SENTENCE * 5),))] * blocks or [Block("paragraph", 0, ())],
        invitees=[EDITOR, COORDINATOR],
    )


async def sign_in(services: Services, token: str) -> None:
    async with services.database.write() as db:
        person = await persons.find_by_email(db, EDITOR.email)
        if person is None:
            raise LookupError(EDITOR.email)
        now = services.now()
        await sessions.append_session(db, token, person.id, now, now + timedelta(days=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
