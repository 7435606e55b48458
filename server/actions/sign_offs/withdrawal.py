"""Taking an answer back: possible until the seal, an act of its own, and the municipality is open again."""

from __future__ import annotations

from server.actions.services import Services
from server.actions.sign_offs.preparation import ensure_not_annexed, load_mandate
from server.actions.sign_offs.telling import tell_of_withdrawal
from server.domain.audit import Tag
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.persons import Person
from server.domain.permissions import can_sign
from server.domain.sign_offs.errors import AnswerChanged, MayorHasAnswered
from server.domain.sign_offs.statements import SignOff
from server.signing.evidence.bundle import sign_off_digest
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


async def withdraw_sign_off(
    services: Services, *, actor: Person, slug: str, mandate_id: int, sign_off_id: int
) -> SignOff:
    """`sign_off_id`: the answer that was shown. Raises NotAllowed, NotFound, WrongPhase, AnswerChanged,
    MayorHasAnswered."""
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        mandate = load_mandate(act.access, mandate_id)
        await ensure_not_annexed(act.db, act.access, mandate)
        revision = await revisions.find_current(act.db, act.access.declaration.text_id)
        if revision is None:
            raise NotFound(what="revision")
        ags, declaration = mandate.municipality.ags, act.access.declaration
        given = await sign_offs.list_acts(act.db, declaration.id, ags, revision.digest)
        newest = given[-1] if given else None
        if newest is None or newest.id != sign_off_id or newest.withdrawn:
            raise AnswerChanged(municipality=mandate.municipality.name)
        _ensure_may_withdraw(newest, mandate)
        await sign_offs.append_withdrawal(act.db, newest.id, actor.id, act.now)
        digest = sign_off_digest(newest.statement_bytes, newest.level, newest.evidence)
        facts = {"revision": revision.number, "ags": ags, "sign_off_sha256": digest}
        act.record(Tag.SIGN_OFF_WITHDRAW, facts)
        await tell_of_withdrawal(act, newest)
        return newest


def _ensure_may_withdraw(given: SignOff, mandate: Mandate) -> None:
    """One's own; the mayor, what others answered in the mayor's place as well."""
    if mandate.kind is MandateKind.MAYOR or given.person_id == mandate.person_id:
        return
    if given.capacity is MandateKind.MAYOR:
        raise MayorHasAnswered(municipality=mandate.municipality.name)
    raise NotAllowed()
