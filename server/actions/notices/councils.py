"""The morning after a council has met: who answered under its reservation is asked to confirm."""

from __future__ import annotations

from collections.abc import Collection

from server.actions.act import Act
from server.actions.services import Services
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import MandateKind
from server.domain.people.persons import Person
from server.domain.sign_offs.councils import reminds_of_days_before
from server.domain.sign_offs.deadlines import answers_are_open
from server.domain.sign_offs.statements import SignOff, counting
from server.mail.notices.sign_offs import CouncilHasMet
from server.storage.declarations import declarations
from server.storage.people import municipalities
from server.storage.sign_offs import council_meetings, sign_offs
from server.storage.text import revisions


async def remind_of_councils(services: Services) -> None:
    """Once for each answer, while it can be confirmed."""
    before = reminds_of_days_before(services.now())
    async with services.database.read() as db:
        due = await council_meetings.list_due(db, before)
    for slug, answers in due.items():
        async with services.service_act(slug) as act:
            await _remind(act, slug, answers)
            act.record_nothing()


async def _remind(act: Act, slug: str, due: Collection[int]) -> None:
    """Looks again under the declaration's lock: what no longer counts needs no confirmation."""
    declaration = await declarations.lock(act.db, (await declarations.load_declaration(act.db, slug)).id)
    act.declaration_id = declaration.id
    revision = await revisions.find_current(act.db, declaration.text_id)
    is_open = declaration.phase is Phase.SIGNING and answers_are_open(declaration.deadline, act.now)
    if revision is None or not is_open:
        return
    given = counting(await sign_offs.list_sign_offs(act.db, declaration.id), revision.digest)
    for answer in given:
        if answer.id in due and await council_meetings.note_reminded(act.db, answer.id, act.now):
            for person in await _whom(act, declaration, answer):
                await act.notify(person, _notice(act, declaration, answer, person))


async def _whom(act: Act, declaration: Declaration, answer: SignOff) -> list[Person]:
    """Who gave the answer, and the mayor; each may sign today."""
    invited = await municipalities.list_invited(act.db, declaration.id, act.now)
    of_town = [(mandate, who) for mandate, who in invited if mandate.municipality.ags == answer.ags]
    return [
        who for mandate, who in of_town if who.id == answer.person_id or mandate.kind is MandateKind.MAYOR
    ]


def _notice(act: Act, declaration: Declaration, answer: SignOff, person: Person) -> CouncilHasMet:
    said = answer.statement
    return CouncilHasMet(
        name=person.name,
        municipality=said.municipality,
        declaration=declaration.title,
        day=said.council_date,
        deadline=declaration.deadline.isoformat() if declaration.deadline else "",
        link=act.address(f"sign?municipality={said.ags}"),
    )
