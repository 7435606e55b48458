"""Files that somebody brought as a text and is looking through. One for each person in a declaration."""

from __future__ import annotations

import json
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.files.manuscript import Manuscript, parse_manuscript
from server.storage.tables.imports import TextImportRow


@dataclass(frozen=True, slots=True)
class TextImport:
    """`stamp` is another for each file; `digest`: its SHA-256."""

    stamp: str
    file_name: str
    digest: str
    manuscript: Manuscript


async def keep_import(
    db: AsyncSession,
    declaration_id: int,
    person_id: int,
    brought: TextImport,
    now: datetime,
) -> None:
    """In place of the one before."""
    await delete_import(db, declaration_id, person_id)
    data = json.dumps(brought.manuscript.to_json(), ensure_ascii=False, separators=(",", ":"))
    db.add(
        TextImportRow(
            declaration_id=declaration_id,
            person_id=person_id,
            stamp=brought.stamp,
            file_name=brought.file_name,
            digest=brought.digest,
            data=zlib.compress(data.encode()),
            created_at=now,
        )
    )
    await db.flush()


async def find_import(db: AsyncSession, declaration_id: int, person_id: int) -> TextImport | None:
    row = await db.scalar(
        select(TextImportRow).where(
            TextImportRow.declaration_id == declaration_id, TextImportRow.person_id == person_id
        )
    )
    if row is None:
        return None
    manuscript = parse_manuscript(json.loads(zlib.decompress(row.data)))
    return TextImport(row.stamp, row.file_name, row.digest, manuscript)


async def delete_import(db: AsyncSession, declaration_id: int, person_id: int) -> None:
    await db.execute(
        delete(TextImportRow).where(
            TextImportRow.declaration_id == declaration_id, TextImportRow.person_id == person_id
        )
    )


def new_stamp() -> str:
    return secrets.token_hex(16)
