"""The sealed erratum or withdrawal. All of it blocks: run it in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.documents.later.addendum import AddendumText, addendum_guide, render_addendum
from server.documents.model import JSON_TYPE, Attachment, Mark
from server.documents.parts.seal_box import seal_lines
from server.domain.release.addenda import Addendum, AddendumKind
from server.dossier.attachment_names import ADDENDUM_NAME, GUIDE_NAME, IMPRINT_NAME
from server.dossier.imprint import Imprint
from server.dossier.short_codes import short_code
from server.dossier.workshop import Workshop


@dataclass(frozen=True, slots=True)
class AddendumSource:
    """What its bytes before the seal are made from: making and checking it begin with the same."""

    imprint: Imprint
    addendum: Addendum

    @property
    def short_code(self) -> str:
        return short_code(self.addendum.canonical(), ())

    @property
    def seal_reason(self) -> str:
        text = self.addendum.original.text
        words = "Berichtigung" if self.addendum.kind is AddendumKind.ERRATUM else "Zurückziehung"
        return f"{words}: {text.title}, Fassung {text.revision}"

    def render(self) -> bytes:
        """The same source gives the same bytes. Raises UnprintableText."""
        code = self.short_code
        text = AddendumText(
            self.addendum,
            self.imprint.issuer,
            code,
            f"{self.imprint.base_url}/v/{code}",
            self.imprint.marks,
        )
        facts, imprint = self.addendum.canonical(), self.imprint.canonical()
        guide = addendum_guide(self.addendum).encode()
        return render_addendum(
            text,
            [
                Attachment(ADDENDUM_NAME, JSON_TYPE, "Angaben zur Mitteilung, kanonisch", "Source", facts),
                Attachment(IMPRINT_NAME, JSON_TYPE, "Angaben zur Gestalt des Dokuments", "Data", imprint),
                Attachment(GUIDE_NAME, "text/plain", "Anleitung zur Prüfung von Hand", "Supplement", guide),
            ],
        )


def addendum_source(workshop: Workshop, issuer: str, addendum: Addendum) -> AddendumSource:
    marks = frozenset({Mark.TEST}) if workshop.sealer.is_test else frozenset[Mark]()
    return AddendumSource(Imprint(issuer, workshop.base_url, marks), addendum)


def build_addendum(workshop: Workshop, source: AddendumSource, now: datetime) -> bytes:
    """The sealed PDF. Raises SealFailed, UnprintableText."""
    sealer = workshop.sealer
    return sealer.seal(
        source.render(),
        reason=source.seal_reason,
        location=source.imprint.seal_place,
        lines=seal_lines(sealer.subject, now, is_test=sealer.is_test),
        at=now,
    )
