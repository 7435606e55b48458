"""Loads what a final document is made of."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import Tag
from server.domain.declarations import Declaration, Revision
from server.domain.errors import NotFound
from server.domain.release.accessions import SealedText
from server.domain.sign_offs.errors import NobodySigned
from server.domain.sign_offs.statements import counting
from server.dossier.facts import FinalFacts, LogExcerpt, entries_shown
from server.storage.record import audit, log_tree
from server.storage.release.final_documents import FinalDocument
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


async def load_log(db: AsyncSession, facts: FinalFacts) -> LogExcerpt:
    """Reads the entries of this declaration and of its signatories' passkeys, and of the log's tree as much
    as their proofs need: what else the log holds costs nothing."""
    own = await audit.list_entries_of(db, facts.declaration.slug, {Tag.TEXT_FREEZE, Tag.SIGN_OFF_GIVE})
    signatories = {sign_off.person_id for sign_off in facts.sign_offs}
    keys = await audit.list_entries_by(db, signatories, Tag.PASSKEY_REGISTER)
    shown = entries_shown(own | keys, facts)
    return LogExcerpt(await log_tree.load_tree(db, max(shown, default=-1) + 1, shown), shown)


def sealed_text(declaration: Declaration, revision: Revision, final: FinalDocument) -> SealedText:
    """What an annex and an addendum refer to."""
    return SealedText(
        declaration.slug,
        declaration.title,
        revision.number,
        revision.digest,
        revision.fixed_at,
        final.short_code,
        final.sealed_at,
    )
