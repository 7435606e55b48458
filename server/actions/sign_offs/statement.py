"""Making the statement: it is shown first, and only then confirmed."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.sign_offs.preparation import PreparedSignOff
from server.actions.sign_offs.request import SignOffRequest
from server.documents.printable import ensure_lines_printable, ensure_printable_text
from server.domain.people.mandates import MandateKind
from server.domain.sign_offs.statements import Statement
from server.storage.people import municipalities


async def make_statement(
    db: AsyncSession, prepared: PreparedSignOff, request: SignOffRequest, now: datetime
) -> Statement:
    """Raises UnprintableText for a name, a title or a Protokollerklärung that the document cannot show."""
    represents = await _represented(db, prepared, now)
    statement = _statement(prepared, request, represents, now)
    await asyncio.to_thread(_ensure_printable, statement)
    return statement


def _statement(
    prepared: PreparedSignOff, request: SignOffRequest, represents: str, now: datetime
) -> Statement:
    mandate, reply = prepared.mandate, request.reply
    return Statement(
        declaration=prepared.declaration.slug,
        declaration_title=prepared.declaration.title,
        revision=prepared.revision.number,
        revision_digest=prepared.revision.digest,
        ags=mandate.municipality.ags,
        municipality=mandate.municipality.name,
        municipality_kind=mandate.municipality.kind,
        signatory=prepared.access.person.name,
        title=mandate.title,
        capacity=mandate.kind,
        answer=reply.answer,
        wording=request.wording,
        at=now,
        nonce=secrets.token_hex(16),
        represents=represents,
        reason_for_representation=reply.reason_for_representation,
        text=reply.text,
        council_date=reply.council_date,
        council_body=reply.council_body,
        council_reference=reply.council_reference,
    )


async def _represented(db: AsyncSession, prepared: PreparedSignOff, now: datetime) -> str:
    """For a deputy: the mayor in whose place they sign (§ 54 GemO: „i. V.“)."""
    mandate = prepared.mandate
    if not mandate.kind.facts.stands_for:
        return ""
    invited = await municipalities.list_invited(db, prepared.declaration.id, now)
    mayors = [
        p.name for m, p in invited if m.municipality == mandate.municipality and m.kind is MandateKind.MAYOR
    ]
    return mayors[0] if mayors else ""


def _ensure_printable(s: Statement) -> None:
    """Everything that will stand in the document; refused now, not in the night before the release."""
    for part in (s.municipality, s.signatory, s.title, s.represents, *s.council):
        ensure_printable_text(part, s.municipality)
    ensure_lines_printable(s.municipality, [s.text])
