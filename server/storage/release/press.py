"""What the coordination keeps for newsrooms: templates, and links by which somebody reads before the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Phase
from server.domain.release.gate import as_of
from server.domain.release.press import TemplateKind
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.people import PersonRow
from server.storage.tables.release import PressTemplateRow, PreviewRow
from server.storage.to_domain import DECLARATIONS, to_declaration

_TEMPLATES: Final = select(PressTemplateRow.kind, PressTemplateRow.text).where(
    PressTemplateRow.declaration_id == bindparam("declaration")
)
_PREVIEWS: Final = (
    select(PreviewRow.id, PreviewRow.name, PersonRow.name.label("made_by"), PreviewRow.created_at)
    .join(PersonRow, PersonRow.id == PreviewRow.person_id)
    .where(PreviewRow.declaration_id == bindparam("declaration"), PreviewRow.ended_at.is_(None))
    .order_by(PreviewRow.id.desc())
)
_SHOWN: Final = DECLARATIONS.add_columns(
    PreviewRow.id.label("preview_id"), PreviewRow.name.label("reader")
).join(PreviewRow, PreviewRow.declaration_id == DeclarationRow.id)
_BY_TOKEN: Final = _SHOWN.where(
    PreviewRow.token_hash == bindparam("token_hash"), PreviewRow.ended_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class Preview:
    id: int
    name: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedPreview:
    """`reader`: for whom the link was made."""

    id: int
    reader: str
    declaration: Declaration

    def noted_as(self, file: str, number: str) -> str:
        """The name of the limit that keeps one look an hour on record."""
        return f"preview {self.id} {file} {number}"


def read_templates(db: Reader, declaration_id: int) -> dict[TemplateKind, str]:
    """Those that were changed."""
    rows = db.execute(_TEMPLATES, {"declaration": declaration_id})
    return {TemplateKind(row.kind): row.text for row in rows}


async def set_template(
    db: AsyncSession, declaration_id: int, kind: TemplateKind, text: str, person_id: int, now: datetime
) -> None:
    """An empty text brings ours back."""
    await db.execute(
        delete(PressTemplateRow).where(
            PressTemplateRow.declaration_id == declaration_id, PressTemplateRow.kind == kind.value
        )
    )
    if text:
        db.add(
            PressTemplateRow(
                declaration_id=declaration_id,
                kind=kind.value,
                text=text,
                changed_by=person_id,
                changed_at=now,
            )
        )
        await db.flush()


def read_previews(db: Reader, declaration_id: int) -> list[Preview]:
    """Those that work, newest first."""
    rows = db.execute(_PREVIEWS, {"declaration": declaration_id})
    return [Preview(row.id, row.name, row.made_by, row.created_at) for row in rows]


def find_preview(db: Reader, token: str, now: datetime) -> OpenedPreview | None:
    """None for a link that is unknown or was taken back, and as long as the lock holds."""
    row = db.execute(_BY_TOKEN, {"token_hash": hash_token(token)}).one_or_none()
    if row is None:
        return None
    declaration = as_of(to_declaration(row), now)
    if declaration.confidential or declaration.phase not in (Phase.SEALED, Phase.PUBLISHED):
        return None
    return OpenedPreview(row.preview_id, row.reader, declaration)


async def count_previews(db: AsyncSession, declaration_id: int) -> int:
    query = select(func.count()).where(
        PreviewRow.declaration_id == declaration_id, PreviewRow.ended_at.is_(None)
    )
    return int(await db.scalar(query) or 0)


async def append_preview(
    db: AsyncSession, declaration_id: int, name: str, token: str, person_id: int, now: datetime
) -> int:
    row = PreviewRow(
        declaration_id=declaration_id,
        name=name,
        token_hash=hash_token(token),
        person_id=person_id,
        created_at=now,
    )
    db.add(row)
    await db.flush()
    return row.id


async def end_preview(db: AsyncSession, declaration_id: int, preview_id: int, now: datetime) -> bool:
    """False where there is none in the declaration, or it has ended already."""
    ended = await db.execute(
        update(PreviewRow)
        .where(
            PreviewRow.id == preview_id,
            PreviewRow.declaration_id == declaration_id,
            PreviewRow.ended_at.is_(None),
        )
        .values(ended_at=now)
        .returning(PreviewRow.id)
    )
    return ended.first() is not None
