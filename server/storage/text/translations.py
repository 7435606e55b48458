"""Translations, and what was fixed of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.text.content import parse_content
from server.domain.text.translations.correspondence import Stretch
from server.domain.text.translations.languages import LANGUAGES, TextLanguage, language_named
from server.domain.text.translations.translations import FixedTranslation, Translation
from server.storage.engine.types import Reader
from server.storage.tables.text import RevisionRow
from server.storage.tables.translations import TranslationRevisionRow, TranslationRow

_SOURCE: Final = aliased(RevisionRow)
_ALL: Final = (
    select(TranslationRow.text_id, TranslationRow.declaration_id, TranslationRow.language, RevisionRow.number)
    .join(RevisionRow, RevisionRow.id == TranslationRow.source_id)
    .where(TranslationRow.declaration_id == bindparam("declaration"))
)
_ONE: Final = _ALL.where(TranslationRow.language == bindparam("language"))
_FIXED: Final = (
    select(
        TranslationRow.language,
        RevisionRow.number,
        RevisionRow.digest,
        RevisionRow.fixed_at,
        RevisionRow.content,
        _SOURCE.number.label("source_number"),
        _SOURCE.digest.label("source_digest"),
        _SOURCE.content.label("source"),
        TranslationRevisionRow.stretches,
    )
    .join(RevisionRow, RevisionRow.text_id == TranslationRow.text_id)
    .join(TranslationRevisionRow, TranslationRevisionRow.revision_id == RevisionRow.id)
    .join(_SOURCE, _SOURCE.id == TranslationRevisionRow.source_id)
    .where(TranslationRow.declaration_id == bindparam("declaration"))
    .order_by(RevisionRow.number)
)
_SOURCES: Final = (
    select(RevisionRow.number, _SOURCE.number.label("source"))
    .join(TranslationRevisionRow, TranslationRevisionRow.revision_id == RevisionRow.id)
    .join(_SOURCE, _SOURCE.id == TranslationRevisionRow.source_id)
    .where(RevisionRow.text_id == bindparam("text"))
)


def read_translations(db: Reader, declaration_id: int) -> list[Translation]:
    """In the languages' order."""
    found = [_translation(row) for row in db.execute(_ALL, {"declaration": declaration_id})]
    return sorted(found, key=lambda each: LANGUAGES.index(each.language))


def read_translation(db: Reader, declaration_id: int, tag: str) -> Translation:
    """Raises NotFound."""
    row = db.execute(_ONE, {"declaration": declaration_id, "language": tag}).one_or_none()
    if row is None:
        raise NotFound(what="translation")
    return _translation(row)


def read_fixed(db: Reader, declaration_id: int) -> list[FixedTranslation]:
    """The newest revision of each translation that has one, in the languages' order."""
    newest = {row.language: row for row in db.execute(_FIXED, {"declaration": declaration_id})}
    return [_fixed(language, newest[language.tag]) for language in LANGUAGES if language.tag in newest]


def _translation(row: Row[*tuple[Any, ...]]) -> Translation:
    language = language_named(row.language)
    if language is None:
        raise NotFound(what="translation")
    return Translation(row.text_id, row.declaration_id, language, row.number)


def _fixed(language: TextLanguage, row: Row[*tuple[Any, ...]]) -> FixedTranslation:
    return FixedTranslation(
        language,
        row.number,
        row.digest,
        row.fixed_at,
        parse_content(row.content),
        row.source_number,
        row.source_digest,
        parse_content(row.source),
        [(begin, end) for begin, end in json.loads(row.stretches)],
    )


def read_sources(db: Reader, text_id: int) -> dict[int, int]:
    """Of which revision of the original each revision of a translation was fixed, by number."""
    return {row.number: row.source for row in db.execute(_SOURCES, {"text": text_id})}


def read_text_id(db: Reader, declaration: Declaration, language: str) -> int:
    """Of the translation into that language; empty: of the original. Raises NotFound."""
    return read_translation(db, declaration.id, language).text_id if language else declaration.text_id


async def append_translation(
    db: AsyncSession,
    translation: Translation,
    source_id: int,
    person_id: int,
    now: datetime,
) -> None:
    db.add(
        TranslationRow(
            text_id=translation.text_id,
            declaration_id=translation.declaration_id,
            language=translation.language.tag,
            source_id=source_id,
            started_by=person_id,
            started_at=now,
        )
    )
    await db.flush()


async def note_source(
    db: AsyncSession, revision_id: int, source_id: int, stretches: Sequence[Stretch]
) -> None:
    """Of a revision of a translation: what it was fixed of."""
    said = json.dumps([list(stretch) for stretch in stretches])
    db.add(TranslationRevisionRow(revision_id=revision_id, source_id=source_id, stretches=said))
    await db.flush()
