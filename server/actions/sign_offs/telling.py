"""Whom an answer concerns, and what each of them is told."""

from __future__ import annotations

from typing import Final

from server.actions.act import DeclarationAct
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import Municipality
from server.domain.people.roles import COORDINATORS
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.standing import waits_for_second
from server.domain.sign_offs.statements import SignOff
from server.mail.notices.sign_offs import (
    Answered,
    AnsweredInYourPlace,
    NotableAnswer,
    OwnAnswer,
    Receipt,
    SecondSignature,
)
from server.storage.notices import recipients
from server.storage.people import municipalities, persons
from server.storage.sign_offs import sign_offs

WITHDRAWN: Final = "withdrawn"
"""What notices say in place of an `Answer`."""
_NOTABLE: Final = frozenset({Answer.DECLINES, Answer.SUBJECT_TO_COUNCIL})


async def tell_of_answer(act: DeclarationAct, given: SignOff) -> None:
    """Receipt, the mayor, the other employee, the staff, the coordination."""
    await _send_receipt(act, given, given.answer.value)
    if given.capacity.facts.stands_for:
        await _tell_mayor(act, given)
    await _ask_for_second(act, given)
    await _tell_staff(act, given, given.answer.value)
    for person in await recipients.list_in_roles(act.db, act.access.declaration.id, COORDINATORS):
        kind = NotableAnswer if given.answer in _NOTABLE else Answered
        await act.notify(person, kind(*_line(act, person.name, given.municipality, given.answer.value)))


async def tell_of_withdrawal(act: DeclarationAct, taken_back: SignOff) -> None:
    """Whoever had answered, too, where the mayor takes back a deputy's answer."""
    await _send_receipt(act, taken_back, WITHDRAWN)
    await _tell_staff(act, taken_back, WITHDRAWN)
    for person in await recipients.list_in_roles(act.db, act.access.declaration.id, COORDINATORS):
        await act.notify(person, NotableAnswer(*_line(act, person.name, taken_back.municipality, WITHDRAWN)))


def _line(act: DeclarationAct, name: str, town: Municipality, answer: str) -> tuple[str, str, str, str, str]:
    return name, town.name, act.access.declaration.title, answer, act.address()


def _deadline(act: DeclarationAct) -> str:
    deadline = act.access.declaration.deadline
    return deadline.isoformat() if deadline else ""


async def _send_receipt(act: DeclarationAct, given: SignOff, answer: str) -> None:
    said = given.statement
    for person in {given.person_id, *([act.access.person.id] if answer == WITHDRAWN else [])}:
        signatory = await persons.load_person(act.db, person)
        receipt = Receipt(
            name=signatory.name,
            municipality=said.municipality,
            declaration=said.declaration_title,
            revision=said.revision,
            digest=said.revision_digest,
            answer=answer,
            level=given.level.value,
            given_at=act.now.isoformat(),
            link=act.address(f"sign?municipality={said.ags}"),
            deadline=_deadline(act),
        )
        await act.notify(signatory, receipt)


async def _tell_mayor(act: DeclarationAct, given: SignOff) -> None:
    for mandate, person in await municipalities.list_invited(act.db, act.access.declaration.id, act.now):
        if mandate.kind is MandateKind.MAYOR and mandate.municipality.ags == given.ags:
            notice = AnsweredInYourPlace(
                name=person.name,
                municipality=given.statement.municipality,
                declaration=act.access.declaration.title,
                deputy=given.statement.signatory,
                answer=given.answer.value,
                given_at=act.now.isoformat(),
                link=act.address(f"sign?change&municipality={given.ags}"),
                deadline=_deadline(act),
            )
            await act.notify(person, notice)


async def _ask_for_second(act: DeclarationAct, given: SignOff) -> None:
    """The other employees, of whom one has to answer the same."""
    declaration, digest = act.access.declaration, given.statement.revision_digest
    acts = await sign_offs.list_acts(act.db, declaration.id, given.ags, digest)
    if waits_for_second(acts) is None:
        return
    for mandate, person in await municipalities.list_invited(act.db, declaration.id, act.now):
        is_other = mandate.kind.facts.is_joint and person.id != given.person_id
        if is_other and mandate.municipality.ags == given.ags:
            notice = SecondSignature(
                name=person.name,
                municipality=given.statement.municipality,
                declaration=declaration.title,
                other=given.statement.signatory,
                answer=given.answer.value,
                link=act.address(f"sign?municipality={given.ags}"),
            )
            await act.notify(person, notice)


async def _tell_staff(act: DeclarationAct, given: SignOff, answer: str) -> None:
    for person in await recipients.list_staff(act.db, act.access.declaration.id, given.ags):
        await act.notify(person, OwnAnswer(*_line(act, person.name, given.municipality, answer)))
