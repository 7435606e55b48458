"""Whoever prepared a batch hears what became of it: when all is decided, or when the rest is put off."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from server.actions.act import DeclarationAct
from server.domain.people.persons import Person
from server.domain.people.roles import WRITERS
from server.domain.text.branches.branches import Branch, BranchState
from server.domain.text.branches.outcome import Outcome, is_decided, outcome_of
from server.domain.text.live_text import open_suggestions
from server.domain.text.suggestions.decisions import Decision, Verdict
from server.mail.notices.text import BatchDecided
from server.storage.notices import recipients
from server.storage.text import branches, update_log
from server.storage.text.decisions import load_verdicts
from server.sync.projection import read_text

_BATCHES: Final = (BranchState.SHARED, BranchState.KEPT)


async def tell_decided(
    act: DeclarationAct, decisions: Sequence[Decision], before: Mapping[str, Verdict]
) -> None:
    """Of each batch that these decisions finish. `before`: the verdicts on record until now; a decision that
    changes none of them tells nobody again.

    Goes by the record alone: the coordination decides one by one, and the text is too dear to read each time.
    So a batch of which a proposal went with its passage is not told of here; its page shows that.
    """
    news = {d.suggestion for d in decisions if before.get(d.suggestion) is not d.verdict}
    for batch in await branches.load_branches(act.db, act.access.declaration.id):
        if batch.state in _BATCHES and news.intersection(batch.proposals):
            verdicts = await load_verdicts(act.db, act.access.declaration.text_id, batch.proposals)
            if all(is_decided(verdicts, each) for each in batch.proposals):
                await _tell(act, batch, outcome_of(batch, (), verdicts))


async def tell_put_off(act: DeclarationAct, batch: Branch) -> None:
    """`batch` as it is now."""
    text_id = act.access.declaration.text_id
    verdicts = await load_verdicts(act.db, text_id, batch.proposals)
    blocks = await asyncio.to_thread(read_text, await update_log.load_updates(act.db, text_id))
    # a decision may be on record before the room has stored what it did to the text
    stand = [each for each in open_suggestions(blocks) if not is_decided(verdicts, each)]
    await _tell(act, batch, outcome_of(batch, stand, verdicts))


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
