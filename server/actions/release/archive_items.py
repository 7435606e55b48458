"""What of a declaration goes to an E-Akte, document by document."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.archive.items import ArchiveFile, ArchiveItem
from server.documents.archive.yearly_report import report_json, report_text
from server.documents.reading.attachments import read_attachments
from server.documents.wording import full_name
from server.domain.declarations import Declaration
from server.domain.release.archive import ADDENDUM_WORDS
from server.domain.release.reports import commitments_of
from server.domain.text.content import parse_content
from server.domain.text.translations.languages import MARK
from server.domain.text.translations.translations import FixedTranslation
from server.dossier.attachment_names import PLAIN_TEXT_NAME, TEXT_NAME
from server.storage.people.municipalities import read_towns
from server.storage.release import accessions, addenda, reports
from server.storage.release.accessions import AnnexFile
from server.storage.release.addenda import AddendumFile
from server.storage.release.final_documents import FinalDocument
from server.storage.text import revisions
from server.storage.text.translations import read_fixed


async def gather_items(
    db: AsyncSession, declaration: Declaration, final: FinalDocument, address: str
) -> list[ArchiveItem]:
    """`address`: of the public page."""
    items = [_declaration(declaration, final), *_evidence(final), *await _texts(db, declaration)]
    items += [_translation(fixed) for fixed in await db.run_sync(read_fixed, declaration.id)]
    for head in await db.run_sync(accessions.read_annexes, declaration.id):
        if (annex := await accessions.find_annex(db, declaration.id, head.number)) is not None:
            items.append(_annex(annex))
    items += [_addendum(file) for file in await addenda.list_files(db, declaration.id)]
    return items + await _reports(db, declaration, final, address)


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


async def _reports(
    db: AsyncSession, declaration: Declaration, final: FinalDocument, address: str
) -> list[ArchiveItem]:
    """Every edition, also those that a newer one of the same year has replaced."""
    editions = await db.run_sync(reports.read_editions, declaration.id)
    if not editions:
        return []
    commitments = commitments_of(await db.run_sync(revisions.read_content, final.revision_id))
    keys = {ags for edition in editions for ags in edition.towns}
    names = {town.ags: full_name(town) for town in await db.run_sync(read_towns, keys)}
    items, counts = [], dict[int, int]()
    for edition in editions:
        number = counts[edition.year] = counts.get(edition.year, 0) + 1
        path = f"berichte/umsetzung-{edition.year}-{number}"
        text = report_text(declaration.title, edition, commitments, names)
        files = (
            ArchiveFile(f"{path}.txt", text, edition.published_at),
            ArchiveFile(f"{path}.json", report_json(address, edition), edition.published_at),
        )
        title = f"Stand der Umsetzung {edition.year}, Ausgabe {number}"
        items.append(ArchiveItem(title, "Bericht", files))
    return items
