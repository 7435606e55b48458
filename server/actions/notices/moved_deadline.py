"""The deadline is another one: all who may answer hear of it, and so does their staff."""

from __future__ import annotations

from datetime import datetime

from server.actions.act import DeclarationAct
from server.domain.declarations import Phase
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.mail.notices.sign_offs import DeadlineMoved
from server.storage.notices import recipients
from server.storage.people.municipalities import list_invited
from server.storage.sign_offs.open_answers import list_open
from server.storage.text import revisions


async def tell_of_deadline(act: DeclarationAct, deadline: datetime | None) -> None:
    """Within the act that sets it. Nobody is written to while there is nothing to sign, or of a deadline
    that has passed already."""
    declaration = act.access.declaration
    if declaration.phase is not Phase.SIGNING or (deadline is not None and deadline <= act.now):
        return
    revision = await revisions.find_current(act.db, declaration.text_id)
    if revision is None:
        return
    waiting = await list_open(act.db, declaration.id, revision.digest, act.now)
    open_towns = {mandate.municipality.ags for mandate, _ in waiting}
    asked = await list_invited(act.db, declaration.id, act.now)
    towns = {mandate.municipality.ags: mandate.municipality for mandate, _ in asked}
    for mandate, person in asked:
        answered = mandate.municipality.ags not in open_towns
        await act.notify(
            person, _notice(act, person, mandate.municipality, deadline, may_answer=True, answered=answered)
        )
    for person, ags in await recipients.list_all_staff(act.db, declaration.id):
        if ags in towns:
            answered = ags not in open_towns
            await act.notify(
                person, _notice(act, person, towns[ags], deadline, may_answer=False, answered=answered)
            )


def _notice(
    act: DeclarationAct,
    person: Person,
    town: Municipality,
    deadline: datetime | None,
    *,
    may_answer: bool,
    answered: bool,
) -> DeadlineMoved:
    return DeadlineMoved(
        name=person.name,
        municipality=town.name,
        declaration=act.access.declaration.title,
        deadline=deadline.isoformat() if deadline else "",
        may_answer=may_answer,
        answered=answered,
        link=act.address("sign" if may_answer else ""),
    )
