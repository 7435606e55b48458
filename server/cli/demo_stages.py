"""The demo at a stage of its life, played through the real actions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from server.actions.declarations.settings import change_setting
from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.people.creators import allow_creating
from server.actions.release.deciding import confirm_step, propose_step
from server.actions.release.opening import open_due
from server.actions.release.sealing import seal_declaration
from server.actions.services import Services
from server.actions.sign_offs import by_code
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.text.freezing import freeze_text
from server.actions.text.proposing import propose_change
from server.catalogues import load_catalogues
from server.cli.demo_people import LAHR, OFFENBURG, demo_invitees
from server.domain.declarations import Declaration, Revision
from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.domain.release.steps import Step
from server.domain.sign_offs.answers import WORDINGS, Answer
from server.domain.terms.settings import Embargo
from server.domain.text.content import Block, BlockKind, Run
from server.storage.declarations import declarations
from server.storage.notices.mails import list_waiting
from server.storage.people import municipalities, persons
from server.storage.release.hours import read_proposal
from server.web.http.pages.templating import say
from server.web.sentences.messages import Message
from server.web.sentences.words import FOR_MUNICIPALITY

LOCALE: Final = Path(__file__).parents[1] / "locale"


class Stage(StrEnum):
    DRAFTING = "drafting"
    SIGNING = "signing"
    SEALED = "sealed"
    EMBARGOED = "embargoed"
    """Sealed, and the public page opens by itself a few minutes later."""
    PUBLISHED = "published"


WAIT: Final = timedelta(minutes=10)

COORDINATOR: Final = "clara@region.example"
PRESS: Final = "emil@presse.example"
SECOND: Final = "sichere-schulwege"
OPEN: Final = frozenset({OFFENBURG, LAHR})
"""While the others sign, these two are still to answer: whoever tries the demo can do it for them."""
_KINDS: Final = (
    *[Answer.SIGNS] * 6,
    Answer.SIGNS_WITH_STATEMENT,
    Answer.SIGNS,
    Answer.SUBJECT_TO_COUNCIL,
    Answer.SIGNS,
    Answer.SIGNS,
    Answer.DECLINES,
)
"""In turns, over the municipalities in the document's order."""
_TEXTS: Final = {
    Answer.SIGNS: "",
    Answer.SIGNS_WITH_STATEMENT: "Kleine Verwaltungen brauchen bei der Umsetzung Unterstützung.",
    Answer.SUBJECT_TO_COUNCIL: "",
    Answer.DECLINES: "Der Haushalt lässt weitere Zusagen in diesem Jahr nicht zu.",
}
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
    if not await start_declaration(services, start=start):
        return False
    clara = await _person(services, COORDINATOR)
    await allow_creating(services, email=clara.email, name=clara.name)
    await start_declaration(services, start=_second(start))
    services.rooms.start()
    try:
        for email, passage, words in _SECOND_PROPOSALS:
            await _propose(services, SECOND, email, passage, words)
        if stage is Stage.DRAFTING:
            for email, passage, words in _PROPOSALS:
                await _propose(services, start.slug, email, passage, words)
    finally:
        await services.rooms.close()
    if stage is not Stage.DRAFTING:
        await _sign(services, clara, start.slug, skipped=OPEN if stage is Stage.SIGNING else frozenset())
    if stage is Stage.EMBARGOED:
        hour = Embargo(services.now().replace(second=0) + WAIT)
        await change_setting(services, actor=clara, slug=start.slug, setting=hour)
    if stage in (Stage.SEALED, Stage.EMBARGOED, Stage.PUBLISHED):
        await seal_declaration(services, actor=clara, slug=start.slug, proven_at=services.now())
    if stage is Stage.PUBLISHED:
        await _publish(services, clara, start.slug)
    return True


async def _publish(services: Services, clara: Person, slug: str) -> None:
    """The coordination proposes to do so now, the press office confirms it."""
    emil, now = await _person(services, PRESS), services.now()
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


async def _person(services: Services, email: str) -> Person:
    async with services.database.read() as db:
        person = await persons.find_by_email(db, email)
    if person is None:
        raise LookupError(f"the demo has nobody with the address {email}")
    return person


async def _propose(services: Services, slug: str, email: str, passage: str, words: str) -> None:
    actor = await _person(services, email)
    await propose_change(services, actor=actor, slug=slug, passage=passage, words=words)


async def _sign(services: Services, clara: Person, slug: str, skipped: frozenset[str]) -> None:
    revision = await freeze_text(services, actor=clara, slug=slug, proven_at=services.now())
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        invited = await municipalities.list_invited(db, declaration.id, services.now())
    asked = [pair for pair in invited if pair[0].municipality.ags not in skipped]
    if skipped:
        asked = asked[: len(asked) * 2 // 3]
    for place, (mandate, person) in enumerate(asked):
        await _answer(services, declaration, revision, mandate, person, _KINDS[place % len(_KINDS)])
        print(f"\r{place + 1} of {len(asked)} answers", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


async def _answer(
    services: Services,
    declaration: Declaration,
    revision: Revision,
    mandate: Mandate,
    person: Person,
    answer: Answer,
) -> None:
    """With the code from the person's mail."""
    day = f"{services.now():%Y}-07-01" if answer.facts.needs_council else ""
    request = SignOffRequest(
        revision.digest,
        mandate.id,
        _wording(declaration, revision, mandate, answer),
        Reply(answer, _TEXTS[answer], day),
    )
    slug = declaration.slug
    challenge_id = await by_code.send_code(services, actor=person, slug=slug, request=request)
    async with services.database.read() as db:
        waiting = [mail for mail in await list_waiting(db, 1000) if mail.recipient == person.email]
    code = str(next(mail.payload["code"] for mail in reversed(waiting) if "code" in mail.payload))
    await by_code.confirm_code(services, actor=person, slug=slug, challenge_id=challenge_id, code=code)


def _wording(declaration: Declaration, revision: Revision, mandate: Mandate, answer: Answer) -> str:
    """As the page for signing says it."""
    catalogue, town = load_catalogues(LOCALE)["de"], mandate.municipality
    place = say(catalogue, Message(FOR_MUNICIPALITY[town.kind], {"name": town.name}), "de")
    facts = {"title": declaration.title, "number": revision.number, "place": place}
    return say(catalogue, Message(WORDINGS[answer, mandate.kind], facts), "de")
