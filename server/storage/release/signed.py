"""Who stands behind a sealed declaration: those of the day, and whoever a sealed annex names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.declarations import Declaration, RevisionHead
from server.domain.errors import NotFound
from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.standing import by_municipality, counting_acts
from server.domain.sign_offs.statements import GivenAnswer
from server.storage.engine.types import Reader
from server.storage.release.accessions import AnnexHead, read_annexes
from server.storage.release.published import FinalHead, read_final_head
from server.storage.sign_offs.sign_offs import read_answers
from server.storage.text.revisions import read_heads


@dataclass(frozen=True, slots=True)
class Signed:
    """A municipality in the list. `note`: the number of its statement for the record, 0 without one.
    `annex`: the number of the annex by which it joined, 0 for those of the day."""

    town: Municipality
    given: tuple[GivenAnswer, ...]
    note: int = 0
    annex: int = 0
    annexed_at: datetime | None = None

    @property
    def first(self) -> GivenAnswer:
        return self.given[0]

    @property
    def joined_at(self) -> datetime:
        """When the annex was sealed; for those of the day, when they signed."""
        return self.annexed_at or self.first.at

    @property
    def statements(self) -> list[GivenAnswer]:
        return [each for each in self.given if each.text]

    @property
    def is_conditional(self) -> bool:
        return self.first.answer is Answer.SUBJECT_TO_COUNCIL


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed, and who stands behind it."""

    final: FinalHead
    revision: RevisionHead
    annexes: tuple[AnnexHead, ...]
    rows: tuple[Signed, ...]


def read_sealed(db: Reader, declaration: Declaration) -> Sealed:
    """Rows are in the document's order. Raises NotFound without a sealed document."""
    final = read_final_head(db, declaration.id)
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    revision = next((head for head in heads if head.id == final.revision_id), None)
    if revision is None:
        raise NotFound(what="revision")
    annexes = tuple(read_annexes(db, declaration.id))
    # which may have been fixed several times with the same words
    same_text = [head.id for head in heads if head.digest == revision.digest]
    rows = signed_rows(read_answers(db, same_text), final.sealed_at, annexes)
    return Sealed(final, revision, annexes, tuple(rows))


def read_towns_behind(db: Reader, declaration: Declaration) -> list[Municipality]:
    """In the document's order. Raises NotFound without a sealed document."""
    return [row.town for row in read_sealed(db, declaration).rows]


def signed_rows(
    answers: Sequence[GivenAnswer], sealed_at: datetime, annexes: Sequence[AnnexHead] = ()
) -> list[Signed]:
    """Those who stand behind the text, in the document's order, with their statements counted through: who
    signed until the seal, and whoever a sealed annex names."""
    joined = {key: annex for annex in annexes for key in annex.keys}
    valid = {
        acts[0].signatory.municipality: tuple(a for a in counting_acts(acts) if a.answer.supports)
        for ags, all_acts in by_municipality(answers).items()
        if (acts := all_acts if ags in joined else [a for a in all_acts if a.at <= sealed_at])
    }
    rows: list[Signed] = []
    count = 0
    for town in in_protocol_order(town for town, given in valid.items() if given):
        has_note = any(given.text for given in valid[town])
        count += has_note
        annex = joined.get(town.ags)
        note, number = count if has_note else 0, annex.number if annex else 0
        rows.append(Signed(town, valid[town], note, number, annex.sealed_at if annex else None))
    return rows
