"""`demo`: an embedded database, a declaration to play with, and a link for everybody in it."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from server.actions.declarations.start import Start, start_declaration
from server.actions.declarations.starter import starter_blocks
from server.actions.declarations.wall import open_wall
from server.actions.people.accounts import issue_login_link
from server.actions.services import Services
from server.app import open_services
from server.cli.demo_people import demo_invitees
from server.cli.migrate import upgrade
from server.cli.one_server import only_server
from server.cli.serve import run_server
from server.cli.stages.play import COORDINATOR, Stage, play
from server.settings import Settings, read_settings
from server.storage.people import persons

SLUG: Final = "ortenauer-erklaerung"
_SHOWN: Final = (
    ("clara@region.example", "Clara Clematis, Koordination"),
    ("anna@offenburg.example", "Anna Ahorn, Referat der Oberbürgermeisterin, Offenburg"),
    ("ben@lahr.example", "Ben Birke, Referat des Oberbürgermeisters, Lahr"),
    ("doris@rathaus.example", "Doris Distel, Oberbürgermeisterin, Offenburg"),
    ("gustav@rathaus.example", "Gustav Ginster, Oberbürgermeister, Lahr"),
    ("emil@presse.example", "Emil Efeu, Pressestelle"),
)


def run_demo(options: argparse.Namespace) -> int:
    settings = replace(read_settings(), demo=True)
    print("Preparing the database …", flush=True)
    with only_server(settings.database):
        upgrade(settings.database)
        links = asyncio.run(_prepare(settings, options.stage))
        _announce(settings, links)
        if not options.seed_only:
            run_server(settings)
    return 0


def demo_start(now: datetime) -> Start:
    """The declaration of the Ortenaukreis, its conference and release on the next 17 and 18 June."""
    blocks = starter_blocks()
    year = now.year + (now > datetime(now.year, 6, 17, tzinfo=UTC))
    return Start(
        slug=SLUG,
        title=blocks[0].text,
        issuer="Städte und Gemeinden im Ortenaukreis",
        deadline=datetime(year, 6, 17, 16, 0, tzinfo=UTC),
        embargo=datetime(year, 6, 18, 9, 0, tzinfo=UTC),
        blocks=blocks,
        invitees=demo_invitees(),
    )


async def _prepare(settings: Settings, stage: str | None) -> list[tuple[str, str]]:
    async with open_services(settings) as services:
        start = demo_start(services.now())
        if stage is None:
            if await start_declaration(services, start=start):
                print("Seeded the demo: 51 municipalities, one declaration.", flush=True)
        elif await play(services, start, Stage(stage)):
            print(f"Seeded the demo at the stage {stage}: 51 municipalities, two declarations.", flush=True)
            if Stage(stage) in (Stage.EMBARGOED, Stage.PUBLISHED):
                print(f"The public page: {services.base_url}/e/{SLUG}", flush=True)
            if Stage(stage) is Stage.SIGNING:
                print(f"The page for the hall: {await _wall(services)}", flush=True)
        elif Stage(stage) is Stage.SIGNING:
            print(f"A link to the page for the hall is made on {services.base_url}/declarations/{SLUG}/board")
        return [(await _link(services, email), who) for email, who in _SHOWN]


async def _wall(services: Services) -> str:
    """It is shown when it is made and never again, like every such link."""
    async with services.database.read() as db:
        clara = await persons.find_by_email(db, COORDINATOR)
    if clara is None:
        raise LookupError("the demo has no coordination")
    return f"{services.base_url}/wall/{await open_wall(services, actor=clara, slug=SLUG)}"


async def _link(services: Services, email: str) -> str:
    return await issue_login_link(services, email=email)


def _announce(settings: Settings, links: list[tuple[str, str]]) -> None:
    print(f"\nKraftakt serves http://127.0.0.1:{settings.port}")
    print(f"Passkeys want a name instead of a number, so the links say {settings.base_url}.\n")
    print("One-time login links, each for another browser or private window:\n")
    for link, who in links:
        print(f"  {who}\n    {link}\n")
    print(f"Mails of the demo: {settings.base_url}/mails     Stop: Ctrl-C", flush=True)
