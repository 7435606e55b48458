"""A published declaration as everybody sees it: text, who stands behind it, what was declared with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from server.domain.declarations import Declaration, RevisionHead
from server.domain.people.municipalities import Municipality, MunicipalityKind, in_protocol_order
from server.domain.region.tiles import Place
from server.domain.release.reports import Edition
from server.domain.text.content import Content
from server.domain.text.translations.translations import FixedTranslation
from server.storage.declarations.settings import read_asked
from server.storage.engine.types import Reader
from server.storage.release.accessions import AnnexHead
from server.storage.release.addenda import AddendumHead, read_addenda
from server.storage.release.published import FinalHead
from server.storage.release.reports import read_editions
from server.storage.release.signed import Signed, read_sealed
from server.storage.sign_offs.board import read_newest_position, read_places
from server.storage.text.revisions import read_content
from server.storage.text.translations import read_fixed


@dataclass(frozen=True)
class Published:
    """`position`: of the newest entry in the log; `asked`: all who were asked, for the map."""

    declaration: Declaration
    revision: RevisionHead
    content: Content
    final: FinalHead
    rows: tuple[Signed, ...]
    asked: tuple[Municipality, ...]
    places: frozenset[Place]
    position: int
    annexes: tuple[AnnexHead, ...] = ()
    translations: tuple[FixedTranslation, ...] = ()
    addenda: tuple[AddendumHead, ...] = ()
    editions: tuple[Edition, ...] = ()

    @property
    def released_at(self) -> datetime:
        return self.declaration.release_at or self.final.sealed_at

    @property
    def changed_at(self) -> datetime:
        """When it last changed what the public reads."""
        later = [each.sealed_at for each in self.addenda] + [each.published_at for each in self.editions]
        joined = (row.joined_at for row in self.rows if row.annex)
        return max([self.released_at, *joined, *later])

    @property
    def errata(self) -> list[AddendumHead]:
        return [each for each in self.addenda if not each.is_withdrawal]

    @property
    def withdrawal(self) -> AddendumHead | None:
        return next((each for each in self.addenda if each.is_withdrawal), None)

    @cached_property
    def notes(self) -> tuple[Signed, ...]:
        return tuple(row for row in self.rows if row.note)

    @cached_property
    def by_key(self) -> dict[str, Signed]:
        return {row.town.ags: row for row in self.rows}

    @property
    def groups(self) -> list[tuple[MunicipalityKind, list[Signed]]]:
        """In the document's order."""
        return [(kind, list(rows)) for kind, rows in groupby(self.rows, key=lambda row: row.town.kind)]

    @property
    def conditional(self) -> int:
        """How many of them signed subject to their council's decision."""
        return sum(row.is_conditional for row in self.rows)

    @property
    def clauses(self) -> int:
        return sum(block.kind == "clause" and block.level == 1 for block in self.content.blocks)


def gather(db: Reader, declaration: Declaration, now: datetime) -> Published:
    """Of one whose reader is authorised, or that is public."""
    sealed = read_sealed(db, declaration)
    asked = in_protocol_order({*read_asked(db, declaration.id, now), *(row.town for row in sealed.rows)})
    places, _ = read_places(db, [town.ags for town in asked])
    return Published(
        declaration,
        sealed.revision,
        read_content(db, sealed.revision.id),
        sealed.final,
        sealed.rows,
        tuple(asked),
        places,
        read_newest_position(db, declaration.slug),
        sealed.annexes,
        tuple(read_fixed(db, declaration.id)),
        tuple(read_addenda(db, declaration.id)),
        tuple(read_editions(db, declaration.id)),
    )
