"""What the public reads of a declaration: nothing before its hour, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from server.domain.declarations import Declaration, Phase
from server.domain.errors import NotFound
from server.domain.release.gate import as_of, is_public
from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.release import FinalDocumentRow
from server.storage.to_domain import DECLARATIONS, to_declaration

_BY_SLUG: Final = DECLARATIONS.where(DeclarationRow.slug == bindparam("slug"))
_BY_ID: Final = DECLARATIONS.where(DeclarationRow.id == bindparam("declaration"))
_LIST: Final = (
    DECLARATIONS.where(
        DeclarationRow.phase.in_((Phase.SEALED.value, Phase.PUBLISHED.value, Phase.WITHDRAWN.value))
    )
    .order_by(DeclarationRow.release_at.desc(), DeclarationRow.id.desc())
    .limit(bindparam("limit"))
)
_HEAD: Final = select(
    FinalDocumentRow.revision_id,
    FinalDocumentRow.short_code,
    FinalDocumentRow.pdf_digest,
    FinalDocumentRow.html_digest,
    FinalDocumentRow.sealed_at,
    func.length(FinalDocumentRow.pdf).label("size"),
).where(FinalDocumentRow.declaration_id == bindparam("declaration"))
MAX_LISTED: Final = 500


@dataclass(frozen=True, slots=True)
class FinalHead:
    """A sealed document without its bytes. `size`: of the PDF, in bytes; `html_digest` is empty for documents
    of before there was an HTML edition."""

    revision_id: int
    short_code: str
    pdf_digest: str
    html_digest: str
    sealed_at: datetime
    size: int


def read_public(db: Reader, slug: str, now: datetime) -> Declaration:
    """Raises NotFound before the hour, as for one that does not exist."""
    row = db.execute(_BY_SLUG, {"slug": slug}).one_or_none()
    declaration = to_declaration(row) if row is not None else None
    if declaration is None or not is_public(declaration, now):
        raise NotFound(what="declaration")
    return as_of(declaration, now)


def read_is_public(db: Reader, declaration_id: int, now: datetime) -> Declaration | None:
    """The declaration, if it is public now."""
    row = db.execute(_BY_ID, {"declaration": declaration_id}).one_or_none()
    declaration = to_declaration(row) if row is not None else None
    return as_of(declaration, now) if declaration is not None and is_public(declaration, now) else None


def read_is_withdrawn(db: Reader, declaration_id: int) -> bool:
    row = db.execute(_BY_ID, {"declaration": declaration_id}).one_or_none()
    return row is not None and to_declaration(row).phase is Phase.WITHDRAWN


def read_published(db: Reader, now: datetime) -> list[Declaration]:
    """All that are public now, newest first."""
    rows = db.execute(_LIST, {"limit": MAX_LISTED})
    return [as_of(each, now) for row in rows if is_public(each := to_declaration(row), now)]


def read_final_head(db: Reader, declaration_id: int) -> FinalHead:
    row = db.execute(_HEAD, {"declaration": declaration_id}).one_or_none()
    if row is None:
        raise NotFound(what="final_document")
    return FinalHead(
        row.revision_id, row.short_code, row.pdf_digest, row.html_digest or "", row.sealed_at, row.size
    )
