"""Handing a sealed declaration to an E-Akte: all that was sealed and published of it, in one package."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.documents.archive.items import ArchiveFile, ArchiveItem, Dossier
from server.documents.archive.package import read_folder, write_package, zipped
from server.documents.reading.attachments import read_attachments
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_hand_to_archive
from server.domain.release.archive import ADDENDUM_WORDS, DECISIONS, Decision, MessageKind
from server.domain.text.content import parse_content
from server.domain.text.translations.languages import MARK
from server.domain.text.translations.translations import FixedTranslation
from server.dossier.attachment_names import PLAIN_TEXT_NAME, TEXT_NAME
from server.storage.declarations.access import access_declaration
from server.storage.declarations.declarations import load_declaration, read_beginning
from server.storage.record import audit
from server.storage.release import accessions, addenda, final_documents
from server.storage.release.accessions import AnnexFile
from server.storage.release.addenda import AddendumFile
from server.storage.release.final_documents import FinalDocument
from server.storage.text import revisions
from server.storage.text.translations import read_fixed


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
    items = [_declaration(declaration, final), *_evidence(final), *await _texts(db, declaration)]
    items += [_translation(fixed) for fixed in await db.run_sync(read_fixed, declaration.id)]
    for head in await db.run_sync(accessions.read_annexes, declaration.id):
        if (annex := await accessions.find_annex(db, declaration.id, head.number)) is not None:
            items.append(_annex(annex))
    items += [_addendum(file) for file in await addenda.list_files(db, declaration.id)]
    return Dossier(
        address=f"{base_url}/e/{declaration.slug}",
        slug=declaration.slug,
        title=declaration.title,
        author=declaration.issuer,
        reader=wanted.reader or declaration.issuer,
        short_code=final.short_code,
        began_at=await db.run_sync(read_beginning, declaration.id),
        items=items,
        decisions=_decisions(await audit.list_events(db, declaration.slug)),
    )


def _declaration(declaration: Declaration, final: FinalDocument) -> ArchiveItem:
    files = [ArchiveFile("erklaerung/erklaerung.pdf", final.pdf, final.sealed_at, sealed=True)]
    if final.html:
        files.append(ArchiveFile("erklaerung/erklaerung.html", final.html, final.sealed_at))
    return ArchiveItem(declaration.title, "Erklärung", tuple(files))


def _evidence(final: FinalDocument) -> list[ArchiveItem]:
    """What lies in the sealed file, also beside it: an archive opens it without the PDF."""
    return [
        ArchiveItem(
            f"Anlage des gesiegelten Dokuments: {name}",
            "Nachweis",
            (ArchiveFile(f"nachweise/{name}", data, final.sealed_at),),
        )
        for name, data in sorted(read_attachments(final.pdf).items())
        if name not in (TEXT_NAME, PLAIN_TEXT_NAME)
    ]


async def _texts(db: AsyncSession, declaration: Declaration) -> list[ArchiveItem]:
    """Every revision that was fixed, as its canonical bytes and to read."""
    return [
        ArchiveItem(
            f"Fassung {revision.number}",
            "Fassung",
            (
                ArchiveFile(f"fassungen/fassung-{revision.number}.json", revision.content, revision.fixed_at),
                ArchiveFile(
                    f"fassungen/fassung-{revision.number}.txt",
                    parse_content(revision.content).plain_text.encode(),
                    revision.fixed_at,
                ),
            ),
        )
        for revision in reversed(await revisions.list_revisions(db, declaration.text_id))
    ]


def _translation(fixed: FixedTranslation) -> ArchiveItem:
    """As canonical bytes that name the German digest, and to read."""
    path = f"uebersetzungen/{fixed.language.tag}-{fixed.number}"
    words = f"{MARK}\n\n{fixed.content.plain_text}".encode()
    return ArchiveItem(
        f"Übersetzung von Fassung {fixed.source_number}: {fixed.language.own}",
        "Übersetzung",
        (
            ArchiveFile(f"{path}.json", fixed.canonical, fixed.fixed_at),
            ArchiveFile(f"{path}.txt", words, fixed.fixed_at),
        ),
    )


def _annex(annex: AnnexFile) -> ArchiveItem:
    file = ArchiveFile(f"nachtraege/nachtrag-{annex.number}.pdf", annex.pdf, annex.sealed_at, sealed=True)
    return ArchiveItem(f"Nachtrag {annex.number} der Beigetretenen", "Nachtrag", (file,))


def _addendum(addendum: AddendumFile) -> ArchiveItem:
    name = ADDENDUM_WORDS[addendum.kind]
    path = f"nachtraege/{addendum.kind}-{addendum.number}.pdf"
    file = ArchiveFile(path, addendum.pdf, addendum.sealed_at, sealed=True)
    return ArchiveItem(f"{name} {addendum.number}", name, (file,))


def _decisions(events: Sequence[AuditEvent]) -> list[Decision]:
    words = dict(DECISIONS)
    return [
        Decision(event.at, "Koordination" if event.actor else "Kraftakt", words[event.tag])
        for event in events
        if event.tag in words
    ]
