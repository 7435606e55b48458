"""The hour of the public page is moved, brought forward or stopped: one proposes, another confirms.

Where the declaration's settings say that one person is enough, a proposal is carried out at once. The lock
„vertraulich“ is put on by one person in any case, since it can only hold back; lifting it is a step like the
others.
"""

from __future__ import annotations

from datetime import datetime

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidInput
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import can_confirm_release, can_plan_release
from server.domain.release.steps import HourPassed, ProposalGone, SecondPersonNeeded, Step
from server.domain.sign_offs.statements import timestamp
from server.mail.notices.declarations import ReleaseProposed
from server.storage.notices import recipients
from server.storage.release import hours


async def propose_step(
    services: Services,
    *,
    actor: Person,
    slug: str,
    proven_at: datetime,
    step: Step,
    hour: datetime | None = None,
) -> bool:
    """True where it holds already. Raises ProofNeeded, HourPassed, WrongPhase once the page is public."""
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_plan_release, proven_at=proven_at, lock=True
    ) as act:
        wanted = _ensure_sensible(act, step, hour)
        if not act.access.declaration.four_eyes:
            await _carry_out(act, step, wanted)
            act.record(Tag.RELEASE_DECIDE, _facts(step, wanted))
            return True
        await hours.append_proposal(act.db, act.access.declaration.id, step, wanted, actor.id, act.now)
        act.record(Tag.RELEASE_PROPOSE, _facts(step, wanted))
        await _tell_others(act)
    return False


async def confirm_step(
    services: Services, *, actor: Person, slug: str, proven_at: datetime, proposal_id: int
) -> Step:
    """By somebody else than who proposed it. Raises ProofNeeded, SecondPersonNeeded, ProposalGone,
    HourPassed; WrongPhase once the page is public."""
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_confirm_release, proven_at=proven_at, lock=True
    ) as act:
        declaration_id = act.access.declaration.id
        proposal = await act.db.run_sync(hours.read_proposal, declaration_id)
        if proposal is None or proposal.id != proposal_id:
            raise ProposalGone()
        if proposal.by == actor.id:
            raise SecondPersonNeeded()
        wanted = _ensure_sensible(act, proposal.step, proposal.hour)
        await hours.settle_proposal(act.db, declaration_id, proposal_id, "confirmed", actor.id, act.now)
        await _carry_out(act, proposal.step, wanted)
        act.record(Tag.RELEASE_DECIDE, {**_facts(proposal.step, wanted), "proposed_by": proposal.by})
    return proposal.step


async def discard_step(services: Services, *, actor: Person, slug: str, proposal_id: int) -> None:
    """By whoever may confirm, and by who proposed it. Raises ProposalGone."""
    async with services.act(actor=actor, slug=slug, may=can_confirm_release, lock=True) as act:
        settled = await hours.settle_proposal(
            act.db, act.access.declaration.id, proposal_id, "discarded", actor.id, act.now
        )
        if not settled:
            raise ProposalGone()
        act.record(Tag.RELEASE_DISCARD)


async def lock_release(services: Services, *, actor: Person, slug: str) -> None:
    """At once and by one person. Raises WrongPhase once the page is public: then it can be withdrawn only."""
    async with services.act(actor=actor, slug=slug, may=can_plan_release, lock=True) as act:
        if act.access.declaration.confidential:
            act.record_nothing()
            return
        await hours.set_confidential(act.db, act.access.declaration.id, True)
        act.record(Tag.RELEASE_LOCK)
        act.rooms_changed()


def _ensure_sensible(act: DeclarationAct, step: Step, hour: datetime | None) -> datetime | None:
    """The hour that the step brings."""
    match step:
        case Step.MOVE:
            if hour is None:
                raise InvalidInput(field="at")
            if hour <= act.now:
                raise HourPassed()
            return hour
        case Step.NOW | Step.STOP | Step.UNLOCK:
            return None


async def _carry_out(act: DeclarationAct, step: Step, hour: datetime | None) -> None:
    declaration = act.access.declaration
    match step:
        case Step.MOVE:
            await hours.set_hour(act.db, declaration, hour)
        case Step.NOW:
            await hours.set_confidential(act.db, declaration.id, False)
            await hours.set_hour(act.db, declaration, act.now)
        case Step.STOP:
            await hours.set_hour(act.db, declaration, None)
        case Step.UNLOCK:
            await hours.set_confidential(act.db, declaration.id, False)


def _facts(step: Step, hour: datetime | None) -> dict[str, object]:
    return {"step": step.value, **({"hour": timestamp(hour)} if hour else {})}


async def _tell_others(act: DeclarationAct) -> None:
    """Those who may confirm it."""
    declaration = act.access.declaration
    for person in await recipients.list_in_roles(act.db, declaration.id, [Role.COORDINATOR, Role.PRESS]):
        if person.id != act.access.person.id:
            link = act.address("release")
            await act.notify(person, ReleaseProposed(person.name, declaration.title, link))
