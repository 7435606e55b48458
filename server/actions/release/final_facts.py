"""Loads what a final document is made of."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration
from server.domain.errors import NobodySigned, NotFound
from server.domain.sign_offs import counting
from server.dossier.facts import FinalFacts
from server.storage.record import audit
from server.storage.sign_offs import sign_offs, signed_copies
from server.storage.text import revisions


async def load_facts(db: AsyncSession, declaration: Declaration) -> FinalFacts:
    """Raises NobodySigned; NotFound without a revision."""
    revision = await revisions.find_current(db, declaration.text_id)
    if revision is None:
        raise NotFound(what="revision")
    given = counting(await sign_offs.list_sign_offs(db, declaration.id), revision.digest)
    supporting = tuple(s for s in given if s.statement.answer.supports)
    if not supporting:
        raise NobodySigned()
    copies = await signed_copies.list_copies(db, [s.id for s in supporting])
    return FinalFacts(declaration, revision, supporting, copies)


async def load_log(db: AsyncSession) -> list[bytes]:
    return [entry for _, entry in await audit.list_entries(db)]
