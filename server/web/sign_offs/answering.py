"""What a signatory has to answer, and what their municipalities answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.declarations import RevisionHead
from server.domain.errors import NotAllowed
from server.domain.people.mandate_errors import NoMandate
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access
from server.domain.sign_offs.standing import counting_acts, waits_for_second
from server.domain.sign_offs.statements import SignOff
from server.storage.engine.types import Reader
from server.storage.sign_offs.sign_offs import read_sign_offs
from server.storage.text.revisions import read_heads
from server.web.declarations.situations import mandates_of


@dataclass(frozen=True, slots=True)
class Answering:
    """`revisions` newest first; `sign_offs`: what the municipalities of `mandates` answered to any of them,
    oldest first."""

    access: Access
    revisions: Sequence[RevisionHead]
    mandates: Sequence[Mandate]
    sign_offs: Sequence[SignOff]

    @property
    def current(self) -> RevisionHead | None:
        return self.revisions[0] if self.revisions else None

    def acts_of(self, mandate: Mandate) -> list[SignOff]:
        """What the municipality answered to the current revision, oldest first."""
        digest = self.current.digest if self.current else None
        return [s for s in self._answers_of(mandate) if s.statement.revision_digest == digest]

    def answer_of(self, mandate: Mandate) -> SignOff | None:
        """What counts as the municipality's answer to the current revision, or is this person's half of
        it."""
        acts = self.acts_of(mandate)
        counts = counting_acts(acts)
        if counts:
            return counts[-1]
        half = waits_for_second(acts)
        return half if half is not None and half.person_id == mandate.person_id else None

    def last_of(self, mandate: Mandate) -> SignOff | None:
        """The municipality's latest answer to any revision."""
        return self._answers_of(mandate)[-1] if self._answers_of(mandate) else None

    @property
    def unanswered(self) -> list[Mandate]:
        return [mandate for mandate in self.mandates if self.answer_of(mandate) is None]

    def choose_mandate(self, ags: str) -> Mandate:
        """The one for that municipality; for none, the first without an answer, else the first.

        Raises NotAllowed; NoMandate for who has none at all.
        """
        for mandate in (*self.unanswered, *self.mandates):
            if not ags or mandate.municipality.ags == ags:
                return mandate
        raise NotAllowed() if self.mandates else NoMandate()

    def _answers_of(self, mandate: Mandate) -> list[SignOff]:
        return [s for s in self.sign_offs if s.statement.ags == mandate.municipality.ags]


def read_answering(db: Reader, access: Access, _: datetime) -> Answering:
    declaration, mandates = access.declaration, mandates_of(access)
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    keys = {mandate.municipality.ags for mandate in mandates}
    given = read_sign_offs(db, declaration.id, keys) if keys else []
    return Answering(access, heads, mandates, given)
