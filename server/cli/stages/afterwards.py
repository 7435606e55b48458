"""What follows the publication in the demo: a translation, who joins, a report, an erratum."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from server.actions.declarations.starter import STARTER, starter_blocks
from server.actions.release.amending import Wanted, confirm_addendum, propose_addendum
from server.actions.release.annexes import seal_annex
from server.actions.release.joining import Applicant, ask_to_join, invite_to_join
from server.actions.release.reporting import publish_report, save_report
from server.actions.services import Services
from server.actions.text.translating import begin_translation, fix_translation
from server.cli.stages.answers import answer_by_code, load_asked
from server.domain.people.mandates import Mandate
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.domain.release.addenda import AddendumKind
from server.domain.release.reports import Progress, ReportEntry, commitments_of
from server.domain.sign_offs.answers import Answer
from server.domain.terms.local_time import day_of
from server.domain.text.content import plain
from server.storage.declarations import declarations
from server.storage.release.addenda import read_waiting
from server.storage.release.signed import read_towns_behind
from server.storage.text import revisions, translations, update_log
from server.sync.attestation import Member
from server.sync.proposals import replacement_update

LANGUAGE: Final = "fr"
TRANSLATION: Final = STARTER.with_name("starter-declaration.fr.md")
REPORTING: Final = 14
"""So many municipalities have reported."""
WRONG, RIGHT = "Netzwerk der Digitalisierungsbeauftragten", "Netzwerk der Digitallotsinnen und Digitallotsen"
REASON: Final = "In Ziffer 9 steht die frühere Bezeichnung des Netzwerks. Am Inhalt ändert sich nichts."
NOTE: Final = "Im Haushalt dieses Jahres vorgesehen."
_PROGRESS: Final = (
    *[Progress.UNDER_WAY] * 3, *[Progress.DONE] * 2, Progress.NOT_BEGUN, Progress.UNDER_WAY,
    Progress.NOT_PLANNED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """`second` confirms what the coordination proposes."""

    coordinator: Person
    second: Person


async def show_what_follows(services: Services, people: People, slug: str) -> None:
    """Of a published declaration. The rooms must have been started."""
    await _translate(services, people.coordinator, slug)
    await _let_join(services, people.coordinator, slug)
    await _report(services, people.coordinator, slug)
    await _correct(services, people, slug)


async def _translate(services: Services, actor: Person, slug: str) -> None:
    """Block by block, as in its room."""
    await begin_translation(services, actor=actor, slug=slug, tag=LANGUAGE)
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        text_id = (await db.run_sync(translations.read_translation, declaration.id, LANGUAGE)).text_id
        updates = list(await update_log.load_updates(db, text_id))
    member = Member(actor.id, actor.name, None, "")
    for german, french in zip(starter_blocks(), starter_blocks(TRANSLATION), strict=True):
        change = replacement_update(updates, plain(german.text), plain(french.text))
        if change is None:
            raise LookupError(f"the text has no block “{german.text}”")
        await services.rooms.write(text_id, change, member, declaration_id=declaration.id)
        updates.append(change)
    now = services.now()
    await fix_translation(services, actor=actor, slug=slug, tag=LANGUAGE, number=1, proven_at=now)


async def _let_join(services: Services, actor: Person, slug: str) -> None:
    """One that did not sign on the day has joined since, another one asks to."""
    declaration, asked = await load_asked(services, slug)
    async with services.database.read() as db:
        behind = {town.ags for town in await db.run_sync(read_towns_behind, declaration)}
        revision = await revisions.find_current(db, declaration.text_id)
    if revision is None:
        raise LookupError("nothing is fixed")
    (mandate, person), (other, waiting), *_ = [
        pair for pair in asked if pair[0].municipality.ags not in behind
    ]
    await invite_to_join(services, actor=actor, slug=slug, applicant=_applicant(mandate, person))
    _, asked = await load_asked(services, slug)
    renewed = next(given for given, whose in asked if whose.id == person.id)
    await _until_next_second(services)
    await answer_by_code(services, declaration, revision, renewed, person, Answer.SIGNS)
    await seal_annex(services, actor=actor, slug=slug, proven_at=services.now())
    await ask_to_join(services, slug=slug, applicant=_applicant(other, waiting))


async def _until_next_second(services: Services) -> None:
    """Evidence has whole seconds: who signs in the second of the seal counts as one of the day."""
    await asyncio.sleep(1.01 - services.now().microsecond / 1_000_000)


def _applicant(mandate: Mandate, person: Person) -> Applicant:
    return Applicant(mandate.municipality.ags, person.name, mandate.title, person.email)


async def _report(services: Services, actor: Person, slug: str) -> None:
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        towns = await db.run_sync(read_towns_behind, declaration)
        revision = await revisions.find_current(db, declaration.text_id)
    if revision is None:
        raise LookupError("nothing is fixed")
    clauses = [each.number for each in commitments_of(revision.text)]
    year = day_of(services.now()).year
    for place, town in enumerate(towns[:REPORTING]):
        entries = list(_entries(town, clauses, place))
        await save_report(services, actor=actor, slug=slug, year=year, ags=town.ags, entries=entries)
    await publish_report(services, actor=actor, slug=slug, year=year)


def _entries(town: Municipality, clauses: list[str], place: int) -> Iterator[ReportEntry]:
    for index, clause in enumerate(clauses):
        progress = _PROGRESS[(place * 3 + index * 5) % len(_PROGRESS)]
        note = NOTE if progress is Progress.UNDER_WAY and (place + index) % 5 == 0 else ""
        yield ReportEntry(town.ags, clause, progress, note)


async def _correct(services: Services, people: People, slug: str) -> None:
    wanted, now = Wanted(AddendumKind.ERRATUM, REASON, ((WRONG, RIGHT),)), services.now()
    await propose_addendum(services, actor=people.coordinator, slug=slug, proven_at=now, wanted=wanted)
    async with services.database.read() as db:
        declaration = await declarations.load_declaration(db, slug)
        waiting = await db.run_sync(read_waiting, declaration.id)
    if waiting is None:
        raise LookupError("no erratum waits for a second person")
    await confirm_addendum(services, actor=people.second, slug=slug, proven_at=now, draft_id=waiting.id)
