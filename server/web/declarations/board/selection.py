"""Which rows a board shows and in which order: what the address says, no more than that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from server.domain.people.municipalities import din_5007_key
from server.web.declarations.board.state import KINDS, Row
from server.web.sentences.messages import N_

LONGEST_QUERY: Final = 100
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Order:
    label: str
    key: Callable[[Row], tuple[Any, ...]]
    """Rows whose keys are equal stay in the document's order."""


ORDERS: Final[Mapping[str, Order]] = {
    "": Order(N_("Open first"), lambda row: (row.kind != "open",)),
    "name": Order(N_("Name"), lambda row: (din_5007_key(row.municipality.name),)),
    "time": Order(N_("Newest answer first"), lambda row: (-row.given.at.timestamp() if row.given else 0,)),
    "reminder": Order(N_("Longest not reminded"), lambda row: (row.kind != "open", row.reminded or _NEVER)),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """`answer`: one kind, or empty for all. Bounded: what is unknown or too long counts as not said."""

    answer: str = ""
    query: str = ""
    sort: str = ""

    def address(self, base: str, **other: str) -> str:
        """Of the page with this selection, or with another filter or order."""
        query = replace(self, **other).said
        return f"{base}?{query}" if query else base

    @property
    def said(self) -> str:
        """As it stands in an address."""
        said = {"answer": self.answer, "q": self.query, "sort": self.sort}
        return urlencode({name: value for name, value in said.items() if value})

    def holds(self, row: Row) -> bool:
        who = row.line.names if row.line else ""
        words = f"{row.municipality.name} {who}".casefold()
        return (not self.answer or row.kind == self.answer) and all(
            word in words for word in self.query.casefold().split()
        )

    def of(self, rows: tuple[Row, ...]) -> list[Row]:
        """The rows that are shown, in their order."""
        shown = [row for row in rows if self.holds(row)]
        return sorted(shown, key=ORDERS[self.sort].key)


def selection_of(said: Mapping[str, str]) -> Selection:
    answer, sort = said.get("answer", ""), said.get("sort", "")
    return Selection(
        answer if answer in KINDS else "",
        said.get("q", "")[:LONGEST_QUERY],
        sort if sort in ORDERS else "",
    )
