"""From what a document is made of to its bytes before the seal.

Making a document and checking it begin with the same `Source`: one reads it from the database, the other from
the attachments. The same source gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from server.documents.archive_guide import archive_guide
from server.documents.later.annex import AnnexText, render_annex
from server.documents.model import JSON_TYPE, Attachment, FinalText, SignatoryLine
from server.documents.render import render_document
from server.documents.wording import full_name
from server.domain.release.accessions import Annex
from server.domain.sign_offs.statements import Level, Statement
from server.domain.text.content import parse_content
from server.dossier.attachment_names import (
    ANNEX_NAME,
    EVIDENCE_NAME,
    GUIDE_NAME,
    HEAD_NAME,
    IMPRINT_NAME,
    LOG_NAME,
    PLAIN_TEXT_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.dossier.imprint import Imprint
from server.dossier.short_codes import short_code
from server.dossier.signatory_lines import signatory_line
from server.signing.evidence.signed_copy import copy_name


@dataclass(frozen=True, slots=True)
class Given:
    """A sign-off that is printed. `statement_bytes` are the very bytes that were confirmed."""

    statement: Statement
    statement_bytes: bytes
    level: Level


@dataclass(frozen=True, slots=True)
class Proofs:
    """Attachments that are taken as they are: evidence, log, its head, the time stamp on that (None without
    an authority), and signed copies by the municipality's key."""

    evidence: bytes
    log: bytes
    head: bytes
    token: bytes | None = None
    copies: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """`content` are the canonical bytes of the text, `digest` their SHA-256; `annex` is None in the
    declaration itself. `given` stands in the document's order."""

    imprint: Imprint
    title: str
    revision: int
    content: bytes
    digest: str
    fixed_at: datetime
    given: Sequence[Given]
    proofs: Proofs
    annex: Annex | None = None

    @property
    def created(self) -> datetime:
        """When the document was complete, as `FinalFacts.created`."""
        return max(self.fixed_at, *(given.statement.at for given in self.given))

    @property
    def short_code(self) -> str:
        seed = self.annex.canonical() if self.annex else self.digest.encode()
        return short_code(seed, [given.statement_bytes for given in self.given])

    @property
    def verify_url(self) -> str:
        return f"{self.imprint.base_url}/v/{self.short_code}"

    @property
    def seal_reason(self) -> str:
        reason = f"{self.title}, Fassung {self.revision}"
        return f"Beitritt: {reason}" if self.annex else reason


def render_source(source: Source) -> bytes:
    """The PDF before the seal. Raises as `render_document` and `render_annex` do."""
    if source.annex is not None:
        return render_annex(_annex_text(source, source.annex), attachments_of(source))
    return render_document(final_text(source), attachments_of(source))


def final_text(source: Source) -> FinalText:
    """What the declaration's pages say."""
    return FinalText(
        content=parse_content(source.content),
        issuer=source.imprint.issuer,
        revision=source.revision,
        digest=source.digest,
        fixed_at=source.fixed_at,
        signatories=_lines(source),
        short_code=source.short_code,
        verify_url=source.verify_url,
        created=source.created,
        marks=source.imprint.marks,
        place=source.imprint.place,
        day=source.imprint.day,
    )


def _annex_text(source: Source, annex: Annex) -> AnnexText:
    return AnnexText(
        annex=annex,
        issuer=source.imprint.issuer,
        signatories=_lines(source),
        short_code=source.short_code,
        verify_url=source.verify_url,
        created=source.created,
        marks=source.imprint.marks,
    )


def _lines(source: Source) -> tuple[SignatoryLine, ...]:
    return tuple(signatory_line(given.statement, given.level) for given in source.given)


def attachments_of(source: Source) -> list[Attachment]:
    """What lies in the file, in its order."""
    return list(_attachments(source))


def _attachments(source: Source) -> Iterator[Attachment]:
    text = "Text der Erklärung, kanonisch (RFC 8785)"
    if source.annex is not None:
        annex = source.annex.canonical()
        yield Attachment(ANNEX_NAME, JSON_TYPE, "Angaben zum Beitritt, kanonisch", "Source", annex)
        yield Attachment(TEXT_NAME, JSON_TYPE, text, "Data", source.content)
    else:
        plain = parse_content(source.content).plain_text.encode()
        yield Attachment(TEXT_NAME, JSON_TYPE, text, "Source", source.content)
        yield Attachment(PLAIN_TEXT_NAME, "text/plain", "Text der Erklärung zum Lesen", "Alternative", plain)
    yield from _proofs(source)
    imprint = source.imprint.canonical()
    yield Attachment(IMPRINT_NAME, JSON_TYPE, "Angaben zur Gestalt des Dokuments", "Data", imprint)
    yield _guide(source)


def _proofs(source: Source) -> Iterator[Attachment]:
    """Evidence, signed copies, log proofs, the log's head and its time stamp."""
    proofs = source.proofs
    yield Attachment(EVIDENCE_NAME, JSON_TYPE, "Nachweise der Mitzeichnungen", "Data", proofs.evidence)
    towns = {given.statement.ags: full_name(given.statement.town) for given in source.given}
    for ags, pdf in sorted(proofs.copies.items()):
        description = f"Signierte Ausfertigung: {towns[ags]}"
        yield Attachment(copy_name(ags), "application/pdf", description, "Data", pdf)
    yield Attachment(LOG_NAME, JSON_TYPE, "Protokoll mit Beweisen (RFC 9162)", "Data", proofs.log)
    yield Attachment(HEAD_NAME, JSON_TYPE, "Kopf des Protokolls", "Data", proofs.head)
    if proofs.token is not None:
        stamp = "Zeitstempel auf den Kopf des Protokolls (RFC 3161)"
        yield Attachment(STAMP_NAME, "application/timestamped-data", stamp, "Data", proofs.token)


def _guide(source: Source) -> Attachment:
    guide = archive_guide(
        source.digest,
        has_stamp=source.proofs.token is not None,
        is_annex=source.annex is not None,
        copies=[copy_name(ags) for ags in sorted(source.proofs.copies)],
    )
    description = "Anleitung zur Prüfung von Hand"
    return Attachment(GUIDE_NAME, "text/plain", description, "Supplement", guide.encode())
