"""Handing a sealed declaration to an E-Akte: all that was sealed and published of it, in one package."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.release.archive_items import gather_items
from server.actions.services import Services
from server.documents.archive.items import Dossier
from server.documents.archive.package import read_folder, write_package, zipped
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_hand_to_archive
from server.domain.release.archive import DECISIONS, Decision, MessageKind
from server.storage.declarations.access import access_declaration
from server.storage.declarations.declarations import load_declaration, read_beginning
from server.storage.record import audit
from server.storage.release import final_documents


@dataclass(frozen=True, slots=True)
class Wanted:
    """`reader`: whose file it goes to; empty for the issuer's own."""

    kind: MessageKind = MessageKind.INFORMATION
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A ZIP of everything, for who takes it from a page."""

    name: str
    data: bytes


async def hand_to_archive(services: Services, *, actor: Person, slug: str, wanted: Wanted) -> Package:
    """For the coordination. Raises NotFound without a sealed document, ArchiveTooLarge."""
    async with services.sealing.hold(slug):
        async with services.database.read() as db:
            access = await access_declaration(db, actor, slug, can_hand_to_archive, services.now())
            dossier = await _gather(db, access.declaration, services.base_url, wanted)
        data, message = await asyncio.to_thread(_pack, services, dossier, wanted)
        async with services.act(actor=actor, slug=slug, may=can_hand_to_archive) as act:
            act.record(Tag.DOCUMENT_ARCHIVE, _facts(services, wanted, message))
    return Package(f"{slug}-e-akte.zip", data)


async def write_archive(services: Services, *, slug: str, folder: Path, wanted: Wanted) -> None:
    """For the operator, into a folder that is there and empty. Raises as `hand_to_archive` does."""
    async with services.sealing.hold(slug):
        async with services.database.read() as db:
            declaration = await load_declaration(db, slug)
            dossier = await _gather(db, declaration, services.base_url, wanted)
        message = await asyncio.to_thread(write_package, folder, dossier, wanted.kind, services.xdomea)
        async with services.service_act(slug) as act:
            act.record(Tag.DOCUMENT_ARCHIVE, _facts(services, wanted, message))


def _pack(services: Services, dossier: Dossier, wanted: Wanted) -> tuple[bytes, bytes]:
    """With the message."""
    with tempfile.TemporaryDirectory(prefix="kraftakt-archive-") as made:
        message = write_package(Path(made), dossier, wanted.kind, services.xdomea)
        return zipped(read_folder(Path(made)), dossier.changed_at), message


def _facts(services: Services, wanted: Wanted, message: bytes) -> dict[str, object]:
    return {"message": wanted.kind.value, "xdomea": services.xdomea.value, "sha256": digest(message)}


async def _gather(db: AsyncSession, declaration: Declaration, base_url: str, wanted: Wanted) -> Dossier:
    final = await final_documents.find_final(db, declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    address = f"{base_url}/e/{declaration.slug}"
    return Dossier(
        address=address,
        slug=declaration.slug,
        title=declaration.title,
        author=declaration.issuer,
        reader=wanted.reader or declaration.issuer,
        short_code=final.short_code,
        began_at=await db.run_sync(read_beginning, declaration.id),
        items=await gather_items(db, declaration, final, address),
        decisions=_decisions(await audit.list_events(db, declaration.slug)),
    )


def _decisions(events: Sequence[AuditEvent]) -> list[Decision]:
    words = dict(DECISIONS)
    return [
        Decision(event.at, "Koordination" if event.actor else "Kraftakt", words[event.tag])
        for event in events
        if event.tag in words
    ]
