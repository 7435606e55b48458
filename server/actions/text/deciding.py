"""Puts on record what was decided about suggestions. The text itself has changed in the room already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from server.actions.services import Services
from server.actions.text.branches.telling import tell_decided
from server.domain.audit import Tag
from server.domain.errors import NotAllowed
from server.domain.people.persons import Person
from server.domain.permissions import can_edit_text, can_follow_translations, can_suggest, can_translate
from server.domain.text.suggestions.decisions import Decision, digest_of, takes_only_back
from server.storage.text.decisions import append_decisions, load_verdicts
from server.storage.text.translations import read_text_id


async def record_decisions(
    services: Services, *, actor: Person, slug: str, decisions: Sequence[Decision], language: str = ""
) -> None:
    """About the original, or about a translation whose `language` is named.

    Raises NotAllowed where somebody who may only suggest decided about others; NotFound, WrongPhase."""
    may = can_follow_translations if language else can_suggest
    async with services.act(actor=actor, slug=slug, may=may, lock=True) as act:
        edits = can_translate(act.access) if language else can_edit_text(act.access)
        if not edits and not takes_only_back(decisions, actor.id):
            raise NotAllowed()
        text_id = await act.db.run_sync(read_text_id, act.access.declaration, language)
        before = await load_verdicts(act.db, text_id, [decision.suggestion for decision in decisions])
        await append_decisions(act.db, text_id, decisions, actor.id, act.now)
        if not language:  # private drafts are of the original
            await tell_decided(act, decisions, before)
        counts = Counter(decision.verdict.value for decision in decisions)
        act.record(Tag.SUGGESTIONS_DECIDE, {**counts, "digest": digest_of(decisions)})
