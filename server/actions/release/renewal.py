"""Renewing the archive time stamp of a sealed document, and saying when that is due.

A time stamp holds as long as the certificate behind it and the algorithms in it. A newer one over
everything so far carries it on (EN 319 142-1, 5.5); the bytes before stay what they were.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import NotFound, SealFailed
from server.domain.release.verification import Outcome
from server.signing.seal.archive_time import archived_until
from server.signing.seal.check.verification import check_seal
from server.storage.declarations import declarations
from server.storage.release import final_documents
from server.storage.release.final_documents import FinalDocument

RENEWAL_NOTICE: Final = timedelta(days=180)
_EVERY_DAY: Final = 24 * 60 * 60.0
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renewal:
    """`was_due` is False when nothing was done: the time stamp there is holds for long enough, or for as
    long as a newer one would."""

    document: FinalDocument
    was_due: bool


async def renew_document(services: Services, *, slug: str, at_once: bool = False) -> Renewal:
    """Idempotent: a document that was renewed is not due any more, and one whose authorities have no longer
    lasting certificate yet stays as it is. `at_once` renews in any case.

    Raises NotFound without a sealed document; SealFailed without an authority that answers, or if the
    result did not hold when checked. Then nothing is stored.
    """
    async with services.sealing.hold(slug):
        async with services.database.read() as db:
            declaration, document = await _load(db, slug)
        if not at_once and not is_due(document, services.now()):
            return Renewal(document, was_due=False)
        renewed = await asyncio.to_thread(_renew, services, document)
        if not at_once and not _lasts_longer(renewed, document):
            return Renewal(document, was_due=False)
        return Renewal(await _store(services, declaration, document, renewed), was_due=True)


def is_due(document: FinalDocument, now: datetime) -> bool:
    """A document without any archive time stamp is due as soon as somebody asks."""
    return document.archived_until is None or document.archived_until < now + RENEWAL_NOTICE


def _lasts_longer(new: FinalDocument, old: FinalDocument) -> bool:
    """The end of a certificate is known only from the stamp itself, so one is made and thrown away."""
    ends = new.archived_until, old.archived_until
    return ends[1] is None or (ends[0] is not None and ends[0] > ends[1])


async def list_due(services: Services) -> list[tuple[str, datetime]]:
    """Slug and end of what ends within RENEWAL_NOTICE, soonest first."""
    async with services.database.read() as db:
        return await final_documents.list_ending(db, services.now() + RENEWAL_NOTICE)


async def remind_forever(services: Services) -> None:
    """Says once a day in the log what is due. A database that does not answer is reported and asked again."""
    while True:
        try:
            for slug, until in await list_due(services):
                _log.warning("archive time stamp of %s ends on %s: renew it", slug, f"{until:%Y-%m-%d}")
        except Exception as error:  # the reminder must outlive an hour without database
            _log.error(
                "cannot look for archive time stamps that end (%s); it is tried again", type(error).__name__
            )
        await asyncio.sleep(_EVERY_DAY)


def _renew(services: Services, document: FinalDocument) -> FinalDocument:
    """Blocking."""
    pdf = services.sealer.renew(document.pdf)
    if not pdf.startswith(document.pdf) or len(pdf) == len(document.pdf):
        raise SealFailed(reason="not_appended")
    if any(finding.outcome is Outcome.BROKEN for finding in check_seal(pdf)):
        raise SealFailed(reason="does_not_hold")
    return replace(document, pdf=pdf, pdf_digest=digest(pdf), archived_until=archived_until(pdf))


async def _store(
    services: Services, declaration: Declaration, old: FinalDocument, new: FinalDocument
) -> FinalDocument:
    async with services.service_act(declaration.slug) as act:
        if not await final_documents.replace_pdf(act.db, old, new, act.now):
            act.record_nothing()
            return (await _load(act.db, declaration.slug))[1]
        facts = {"pdf_sha256": new.pdf_digest, "previous_sha256": old.pdf_digest}
        act.record(Tag.DOCUMENT_RENEW, facts)
    return new


async def _load(db: AsyncSession, slug: str) -> tuple[Declaration, FinalDocument]:
    declaration = await declarations.load_declaration(db, slug)
    document = await final_documents.find_final(db, declaration.id)
    if document is None:
        raise NotFound(what="final_document")
    return declaration, document
