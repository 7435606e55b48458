"""Somebody entered by hand for one municipality, held to the rules of a table's row."""

from __future__ import annotations

from dataclasses import dataclass

from server.actions.people.invitations.drafts import judge_rows
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.invitations.lookalikes import find_doubt
from server.domain.people.invitations.rows import DraftRow, Judge, Problem
from server.domain.people.mandate_errors import FaultyMandate
from server.domain.people.mandate_terms import Fault
from server.domain.people.municipalities import Municipality


@dataclass(frozen=True, slots=True)
class Entered:
    """As typed. `looked_at`: the address of which they were told before that others resemble it."""

    name: str
    email: str
    looked_at: str = ""


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
    return judged.addressee, [_fault(problem) for problem in judged.problems]


def ensure_looked_at(addressee: Addressee, who: Entered) -> None:
    """When nothing else is wrong. Raises FaultyMandate."""
    doubt = find_doubt(addressee.email, who.looked_at)
    if doubt is not None:
        raise FaultyMandate([_fault(doubt)], doubtful=addressee.email)


def _fault(problem: Problem) -> Fault:
    return Fault(problem.column.value, problem.text, problem.facts)
