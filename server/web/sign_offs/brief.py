"""The brief: what is asked, what has changed, the text, the office's note and the answers there are.

The same for who signs and for their office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from server.domain.declarations import RevisionHead
from server.domain.people.mandates import Mandate
from server.domain.sign_offs.office_notes import OfficeNote
from server.domain.sign_offs.statements import SignOff
from server.domain.text.comparison import BlockChange, changed_only, compare
from server.domain.text.content import Content
from server.domain.text.reading_time import minutes_for, reading_minutes
from server.domain.text.what_changed import NATURES
from server.storage.engine.types import Reader
from server.storage.people.passkeys import has_passkey
from server.storage.sign_offs.office_notes import read_note
from server.storage.text.revisions import read_content
from server.web.declarations.progress import Progress
from server.web.declarations.situations import read_progress
from server.web.sign_offs.answering import Answering
from server.web.sign_offs.choices import choices
from server.web.sign_offs.lead import lead
from server.web.sign_offs.replies import MAX_WORDS
from server.web.text.prose import arrange


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the municipality last answered, and what has changed in the text since."""

    sign_off: SignOff
    revision: RevisionHead
    changes: tuple[BlockChange, ...]

    @property
    def minutes(self) -> int:
        """To read the passages that changed."""
        return minutes_for(block for change in self.changes if (block := change.new or change.old))


@dataclass(frozen=True, slots=True)
class ToSign:
    """A text that waits for the answer of the mandate's municipality, or whose answer may be changed.

    `newest`: what the municipality answered last, whether it counts or not; `note`: of its office, None where
    there is none to read; `signatory`: the name of who holds the mandate."""

    answering: Answering
    mandate: Mandate
    signatory: str
    revision: RevisionHead
    content: Content
    earlier: Earlier | None
    newest: SignOff | None
    note: OfficeNote | None
    progress: Progress
    has_passkey: bool


def read_to_answer(
    db: Reader, answering: Answering, mandate: Mandate, current: RevisionHead, signatory: str, now: datetime
) -> ToSign:
    """`signatory`: the name of who holds the mandate."""
    declaration = answering.access.declaration
    content, acts = read_content(db, current.id), answering.acts_of(mandate)
    note = read_note(db, declaration.id, mandate.municipality.ags)
    return ToSign(
        answering,
        mandate,
        signatory,
        current,
        content,
        _read_earlier(db, answering, mandate, content),
        acts[-1] if acts else None,
        note if note is not None and not note.is_empty else None,
        read_progress(db, {declaration.id: answering.revisions}, now)[declaration.id],
        has_passkey(db, mandate.person_id),
    )


def _read_earlier(db: Reader, answering: Answering, mandate: Mandate, content: Content) -> Earlier | None:
    """Nothing where the last answer was to this very text."""
    last, current = answering.last_of(mandate), answering.current
    old = next((r for r in answering.revisions if last and r.id == last.revision_id), None)
    if last is None or old is None or current is None or old.digest == current.digest:
        return None
    return Earlier(last, old, changed_only(compare(read_content(db, old.id), content)))


def brief_of(request: Request, page: ToSign) -> dict[str, object]:
    """What `templates/sign_offs/brief.html` and the answers below it show."""
    earlier = page.earlier
    places = len(earlier.changes) if earlier else 0
    old = earlier.revision.number if earlier else None
    return {
        "mandate": page.mandate,
        "signatory": page.signatory,
        "revision": page.revision,
        "earlier": earlier,
        "newest": page.newest,
        "note": page.note,
        "parts": arrange(page.content),
        "choices": choices(request, page.answering.access, page.revision, page.mandate),
        "lead": lead(request, page.revision.number, page.mandate.municipality.name, old, places),
        "max_words": MAX_WORDS,
        "natures": NATURES,
        "minutes": reading_minutes(page.content),
        "progress": page.progress,
    }
