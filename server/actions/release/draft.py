"""A fixed text as a PDF before it is sealed: to read, to print, to take into a council's meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from server.actions.services import Services
from server.documents.model import FinalText, Mark
from server.documents.render import render_document
from server.domain.declarations import Declaration, Revision
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_take_text
from server.domain.sign_offs.statements import SignOff, counting
from server.dossier.signatory_lines import signatory_line
from server.storage.declarations.access import access_declaration
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


async def draft_document(services: Services, *, actor: Person, slug: str) -> bytes:
    """The newest Fassung with those who have signed it so far, marked as a draft, without code, seal and
    evidence. Raises NotFound while no text was ever fixed."""
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_take_text, services.now())
        revision = await revisions.find_current(db, access.declaration.text_id)
        if revision is None:
            raise NotFound(what="revision")
        given = counting(await sign_offs.list_sign_offs(db, access.declaration.id), revision.digest)
    supporting = [s for s in given if s.statement.answer.supports]
    return await asyncio.to_thread(_render, access.declaration, revision, supporting)


def _render(declaration: Declaration, revision: Revision, given: Sequence[SignOff]) -> bytes:
    """Blocking."""
    return render_document(
        FinalText(
            content=revision.text,
            issuer=declaration.issuer,
            revision=revision.number,
            digest=revision.digest,
            fixed_at=revision.fixed_at,
            signatories=tuple(signatory_line(sign_off.statement, sign_off.level) for sign_off in given),
            short_code="",
            verify_url="",
            created=max([revision.fixed_at, *(s.statement.at for s in given)]),
            marks=frozenset({Mark.DRAFT}),
            place=declaration.place,
            day=declaration.day,
        )
    )
