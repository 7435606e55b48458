"""Translations: begun with a revision of the original, written in a room of their own, fixed like it."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.text.whole_text import load_whole_text
from server.domain.audit import Tag
from server.domain.declarations import Revision
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_keep_translations
from server.domain.text.live_text import fix_content
from server.domain.text.texts import TextKind
from server.domain.text.translations.correspondence import correspond
from server.domain.text.translations.errors import NothingToTranslate, TranslationExists
from server.domain.text.translations.languages import language_named
from server.domain.text.translations.translations import Translation
from server.storage.text import revisions, texts, translations, update_log
from server.sync.projection import seed_update


async def begin_translation(services: Services, *, actor: Person, slug: str, tag: str) -> None:
    """Its text begins as the original's newest revision, block by block. Raises NothingToTranslate,
    TranslationExists; NotFound for a language that is not offered."""
    language = language_named(tag)
    if language is None:
        raise NotFound(what="language")
    async with services.act(actor=actor, slug=slug, may=can_keep_translations, lock=True) as act:
        declaration = act.access.declaration
        source = await revisions.find_current(act.db, declaration.text_id)
        if source is None:
            raise NothingToTranslate()
        there = await act.db.run_sync(translations.read_translations, declaration.id)
        if any(each.language == language for each in there):
            raise TranslationExists()
        text = await texts.append_text(
            act.db,
            declaration.id,
            act.now,
            kind=TextKind.TRANSLATION,
            parent_id=declaration.text_id,
            language=tag,
            name=language.own,
        )
        begun = Translation(text.id, declaration.id, language, source.number)
        await translations.append_translation(act.db, begun, source.id, actor.id, act.now)
        seed = await asyncio.to_thread(seed_update, source.text.blocks)
        await update_log.append_service_update(act.db, text.id, seed)
        act.record(Tag.TRANSLATION_BEGIN, {"language": tag, "revision": source.number})


async def fix_translation(
    services: Services, *, actor: Person, slug: str, tag: str, number: int, proven_at: datetime
) -> None:
    """As the next revision of the translation, of the original's revision `number`. Raises NotFound,
    OpenSuggestions, TextIncomplete, ProofNeeded."""
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_keep_translations, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        found = await act.db.run_sync(translations.read_translation, declaration.id, tag)
        source = await _source(act.db, declaration.text_id, number)
        # whether it can be printed is not asked: no sealed document holds a translation
        content = fix_content(await load_whole_text(act.db, found.text_id))
        last = await revisions.find_current(act.db, found.text_id)
        fixed = await revisions.append_revision(act.db, found.text_id, content, actor, act.now)
        await translations.note_source(act.db, fixed.id, source.id, correspond(source.text, content))
        act.record(
            Tag.TRANSLATION_FIX,
            {
                "language": tag,
                "number": fixed.number,
                "sha256": fixed.digest,
                "revision": source.number,
                "translates_sha256": source.digest,
                "changed": last is None or last.digest != fixed.digest,
            },
        )


async def _source(db: AsyncSession, text_id: int, number: int) -> Revision:
    for revision in await revisions.list_revisions(db, text_id):
        if revision.number == number:
            return revision
    raise NotFound(what="revision")
