"""What was signed, as a file for those who signed it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from server.actions.services import Services
from server.documents.model import Mark
from server.documents.receipt import ReceiptFacts, render_receipt
from server.domain.declarations import Declaration, Revision
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_see_own_sign_offs
from server.domain.sign_offs.statements import SignOff
from server.dossier.attachment_names import TEXT_NAME
from server.signing.evidence.bundle import sign_off_digest
from server.storage.declarations.access import access_declaration
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    pdf: bytes
    answer: SignOff


async def make_receipt(services: Services, *, actor: Person, slug: str, sign_off_id: int) -> ReceiptFile:
    """Of an answer of the actor's own, or of a municipality that the actor signs for now. Raises NotFound."""
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_see_own_sign_offs, services.now())
        own = {mandate.municipality.ags for mandate in access.mandates}
        given = await sign_offs.list_sign_offs(db, access.declaration.id)
        answer = next((one for one in given if one.id == sign_off_id), None)
        if answer is None or (answer.person_id != actor.id and answer.ags not in own):
            raise NotFound(what="sign_off")
        fixed = await revisions.list_revisions(db, access.declaration.text_id)
        revision = next(one for one in fixed if one.id == answer.revision_id)
    marks = frozenset({Mark.TEST}) if services.sealer.is_test else frozenset[Mark]()
    pdf = await asyncio.to_thread(_render, access.declaration, revision, answer, marks)
    return ReceiptFile(pdf, answer)


def _render(declaration: Declaration, revision: Revision, answer: SignOff, marks: frozenset[Mark]) -> bytes:
    """Blocking."""
    facts = ReceiptFacts(
        content=revision.text,
        issuer=declaration.issuer,
        fixed_at=revision.fixed_at,
        statement=answer.statement,
        statement_bytes=answer.statement_bytes,
        level=answer.level,
        log_digest=sign_off_digest(answer.statement_bytes, answer.level, answer.evidence),
        withdrawn=answer.withdrawn,
        marks=marks,
    )
    return render_receipt(facts, TEXT_NAME)
