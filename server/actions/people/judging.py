"""Somebody entered by hand for one municipality, held to the rules of a table's row."""

from __future__ import annotations

from dataclasses import dataclass

from server.actions.people.invitations.drafts import judge_rows
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.invitations.rows import DraftRow, Judge
from server.domain.people.mandate_terms import Fault
from server.domain.people.municipalities import Municipality


@dataclass(frozen=True, slots=True)
class Entered:
    """As typed."""

    name: str
    email: str


def judge_entered(
    who: Entered,
    part: str,
    town: Municipality,
    title: str = "",
    taken: frozenset[str] = frozenset(),
) -> tuple[Addressee | None, list[Fault]]:
    """`part`: a key of `PARTS`. Without an addressee there are faults."""
    cells = {
        Column.NAME: who.name,
        Column.EMAIL: who.email,
        Column.ROLE: part,
        Column.MUNICIPALITY: town.ags,
        Column.TITLE: title or town.name,
    }
    row = DraftRow(1, {column: cells.get(column, "") for column in Column})
    (judged,) = judge_rows(Judge([town], taken), [row])
    return judged.addressee, [
        Fault(problem.column.value, problem.text, problem.facts) for problem in judged.problems
    ]
