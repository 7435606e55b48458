"""A person or an office begins a branch, discards it, brings it back. None of it is on record: who prepares
something unseen is not watched through the log."""

from __future__ import annotations

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.errors import NotAllowed, NotFound, Refused
from server.domain.people.persons import Person
from server.domain.permissions import can_join_room, can_suggest
from server.domain.text.branches import branches as rules
from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.branches.errors import TooManyBranches
from server.storage.text import branches


async def begin_branch(services: Services, *, actor: Person, slug: str, name: str, office: bool) -> int:
    """`office`: everybody who drafts for the actor's municipality prepares it together. Returns its id.

    Raises NotAllowed for an office where the actor has none, TooManyBranches.
    """
    async with services.act(actor=actor, slug=slug, may=can_suggest, lock=True) as act:
        declaration, town = act.access.declaration, act.access.municipality
        if office and town is None:
            raise NotAllowed()
        ags = town.ags if town is not None and office else None
        known = await branches.load_branches(act.db, declaration.id)
        private = [each for each in known if rules.may_enter(act.access, each) and each.ags == ags]
        if len(private) >= rules.MOST_PRIVATE:
            raise TooManyBranches(most=rules.MOST_PRIVATE)
        branch = await branches.append_branch(
            act.db, declaration.id, declaration.text_id, actor.id, ags, name, act.now
        )
        act.record_nothing()
    return branch


async def discard_branch(services: Services, *, actor: Person, slug: str, branch_id: int) -> None:
    """It can be brought back for some time. Raises NotFound for whose it is not."""
    async with services.act(actor=actor, slug=slug, may=can_join_room, lock=True) as act:
        branch = await own_branch(act, branch_id)
        if not rules.may_discard(act.access, branch):
            raise Refused()
        await branches.mark_discarded(act.db, branch_id, act.now)
        act.record_nothing()
        act.rooms_changed()


async def restore_branch(services: Services, *, actor: Person, slug: str, branch_id: int) -> None:
    """Raises NotFound for whose it is not."""
    async with services.act(actor=actor, slug=slug, may=can_join_room, lock=True) as act:
        branch = await own_branch(act, branch_id)
        if branch.state is not BranchState.DISCARDED or not rules.may_restore(act.access, branch, act.now):
            raise NotFound(what="branch")
        await branches.mark_discarded(act.db, branch_id, None)
        act.record_nothing()


async def own_branch(act: DeclarationAct, branch_id: int) -> Branch:
    """Raises NotFound: to others it does not exist."""
    branch = await branches.load_branch(act.db, act.access.declaration.id, branch_id)
    if not rules.is_of(act.access, branch):
        raise NotFound(what="branch")
    return branch
