"""Whoever prepared a batch hears what became of it: when all is decided, or when the rest is put off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from server.actions.act import DeclarationAct
from server.actions.text.whole_text import load_whole_text
from server.domain.people.persons import Person
from server.domain.people.roles import WRITERS
from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.branches.outcome import Outcome, outcome_of, still_open
from server.domain.text.live_text import open_suggestions
from server.domain.text.suggestions.decisions import Decision, Verdict
from server.mail.notices.text import BatchDecided
from server.storage.notices import recipients
from server.storage.text import branches
from server.storage.text.decisions import load_verdicts

_BATCHES: Final = (BranchState.SHARED, BranchState.KEPT)


async def tell_decided(
    act: DeclarationAct, decisions: Sequence[Decision], before: Mapping[str, Verdict]
) -> None:
    """Of each batch that these decisions finish. `before`: what was on record of them; what is said twice is
    told once."""
    news = {d.suggestion for d in decisions if before.get(d.suggestion) is not d.verdict}
    known = await branches.load_branches(act.db, act.access.declaration.id)
    touched = [each for each in known if each.state in _BATCHES and news.intersection(each.proposals)]
    if not touched:
        return
    stand = open_suggestions(await load_whole_text(act.db, act.access.declaration.text_id))
    for batch in touched:
        outcome = await _outcome(act, batch, stand)
        if not outcome.open and not outcome.waiting:
            await _tell(act, batch, outcome)


async def tell_put_off(act: DeclarationAct, batch: Branch) -> None:
    """`batch` as it is now."""
    stand = open_suggestions(await load_whole_text(act.db, act.access.declaration.text_id))
    await _tell(act, batch, await _outcome(act, batch, stand))


async def _outcome(act: DeclarationAct, batch: Branch, stand: Collection[str]) -> Outcome:
    verdicts = await load_verdicts(act.db, act.access.declaration.text_id, batch.proposals)
    return outcome_of(batch, still_open(stand, verdicts), verdicts)


async def _tell(act: DeclarationAct, batch: Branch, outcome: Outcome) -> None:
    title, link = act.access.declaration.title, act.address("branches#batches")
    for person in await _preparers(act, batch):
        counts = outcome.taken_over, outcome.rejected, outcome.waiting, outcome.gone
        await act.notify(person, BatchDecided(person.name, title, batch.name, *counts, link))


async def _preparers(act: DeclarationAct, batch: Branch) -> list[Person]:
    """The office as it is now, or the one person as long as they write here; not who decided."""
    declaration_id = act.access.declaration.id
    if batch.ags is not None:
        found = await recipients.list_staff(act.db, declaration_id, batch.ags)
    else:
        writers = await recipients.list_in_roles(act.db, declaration_id, WRITERS)
        found = [person for person in writers if person.id == batch.person_id]
    return [person for person in found if person.id != act.access.person.id]
