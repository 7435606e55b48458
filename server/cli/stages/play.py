"""The demo at a stage of its life, played through the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from server.actions.declarations.settings import change_setting
from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.people.creators import allow_creating
from server.actions.release.deciding import confirm_step, propose_step
from server.actions.release.opening import open_due
from server.actions.release.sealing import seal_declaration
from server.actions.services import Services
from server.actions.text.proposing import propose_change
from server.cli.demo_people import demo_invitees
from server.cli.stages.afterwards import People, show_what_follows
from server.cli.stages.answers import STANDING_IN, load_person, sign_all, sign_in_every_way
from server.domain.people.persons import Person
from server.domain.release.steps import Step
from server.domain.terms.local_time import day_of
from server.domain.terms.settings import Embargo, PlaceAndDay
from server.domain.text.content import Block, BlockKind, Run
from server.storage.declarations import declarations
from server.storage.release.hours import read_proposal


class Stage(StrEnum):
    DRAFTING = "drafting"
    SIGNING = "signing"
    SEALED = "sealed"
    EMBARGOED = "embargoed"
    """Sealed, and the public page opens by itself a few minutes later."""
    PUBLISHED = "published"


WAIT: Final = timedelta(minutes=10)

COORDINATOR: Final = "clara@region.example"
PLACE: Final = "Offenburg"
PRESS: Final = "emil@presse.example"
SECOND: Final = "sichere-schulwege"
_PROPOSALS: Final = (
    (
        "anna@offenburg.example",
        "helfen einander im Ernstfall",
        "helfen einander binnen eines Tages",
    ),
    ("ben@lahr.example", "jährlich zum Digitaltag", "alle zwei Jahre zum Digitaltag"),
)
_SECOND_PROPOSALS: Final = (
    ("anna@offenburg.example", "vor jeder Grundschule", "vor jeder Schule"),
    ("ben@lahr.example", "bis 2030", "bis 2029"),
)
_SECOND_TEXT: Final[Sequence[tuple[BlockKind, int, str]]] = (
    ("heading", 1, "Sichere Schulwege in der Ortenau"),
    ("paragraph", 0, "Kinder sollen zu Fuß, mit dem Rad und mit dem Bus sicher zur Schule kommen."),
    ("clause", 1, "Wir richten bis 2030 vor jeder Grundschule einen sicheren Halteplatz ein."),
    ("clause", 1, "Wir stimmen die Schulwegpläne benachbarter Gemeinden aufeinander ab."),
)


async def play(services: Services, start: Start, stage: Stage) -> bool:
    """Two declarations with offices and mayors of all 51 municipalities, the first at this stage. False when
    the demo is there already: what was done in it stays."""
    if stage is Stage.SIGNING:
        start = replace(start, invitees=[*start.invitees, *STANDING_IN])
    if not await start_declaration(services, start=start):
        return False
    clara = await load_person(services, COORDINATOR)
    await set_place_and_day(services, clara, start)
    await allow_creating(services, email=clara.email, name=clara.name)
    await start_declaration(services, start=_second(start))
    services.rooms.start()
    try:
        await _write_and_sign(services, clara, start.slug, stage)
        await _finish(services, clara, start.slug, stage)
    finally:
        await services.rooms.close()
    return True


async def set_place_and_day(services: Services, clara: Person, start: Start) -> None:
    """Where and when the declaration is given: printed above those who sign it."""
    at = start.embargo or start.deadline
    setting = PlaceAndDay(PLACE, day_of(at) if at else None)
    await change_setting(services, actor=clara, slug=start.slug, setting=setting)


async def _write_and_sign(services: Services, clara: Person, slug: str, stage: Stage) -> None:
    for email, passage, words in _SECOND_PROPOSALS:
        await _propose(services, SECOND, email, passage, words)
    match stage:
        case Stage.DRAFTING:
            for email, passage, words in _PROPOSALS:
                await _propose(services, slug, email, passage, words)
        case Stage.SIGNING:
            await sign_in_every_way(services, clara, slug)
        case Stage.SEALED | Stage.EMBARGOED | Stage.PUBLISHED:
            await sign_all(services, clara, slug)


async def _finish(services: Services, clara: Person, slug: str, stage: Stage) -> None:
    if stage is Stage.EMBARGOED:
        hour = Embargo(services.now().replace(second=0) + WAIT)
        await change_setting(services, actor=clara, slug=slug, setting=hour)
    if stage in (Stage.SEALED, Stage.EMBARGOED, Stage.PUBLISHED):
        await seal_declaration(services, actor=clara, slug=slug, proven_at=services.now())
    if stage is Stage.PUBLISHED:
        emil = await load_person(services, PRESS)
        await _publish(services, clara, emil, slug)
        await show_what_follows(services, People(clara, emil), slug)


async def _publish(services: Services, clara: Person, emil: Person, slug: str) -> None:
    """The coordination proposes to do so now, the press office confirms it."""
    now = services.now()
    await propose_step(services, actor=clara, slug=slug, proven_at=now, step=Step.NOW)
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        proposal = await db.run_sync(read_proposal, declaration.id)
    if proposal is None:
        raise LookupError("nothing waits for a second person")
    await confirm_step(services, actor=emil, slug=slug, proven_at=now, proposal_id=proposal.id)
    await open_due(services)


def _second(start: Start) -> Start:
    blocks = [Block(kind, level, (Run(words),)) for kind, level, words in _SECOND_TEXT]
    invitees: Sequence[Invitee] = demo_invitees()
    return replace(start, slug=SECOND, title=blocks[0].text, blocks=blocks, invitees=invitees, embargo=None)


async def _propose(services: Services, slug: str, email: str, passage: str, words: str) -> None:
    actor = await load_person(services, email)
    await propose_change(services, actor=actor, slug=slug, passage=passage, words=words)
