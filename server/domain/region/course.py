"""How the answers came in over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from server.domain.sign_offs.standing import by_municipality, counting_acts
from server.domain.sign_offs.statements import GivenAnswer
from server.domain.terms.quorum import counts


@dataclass(frozen=True, slots=True)
class Stand:
    """From `at` on: municipalities that have `answered`, whatever they said, and those that `count`."""

    at: datetime
    answered: int
    counted: int


def course_of(acts: Iterable[GivenAnswer], taken_back: Mapping[int, datetime]) -> list[Stand]:
    """Each moment at which the figures changed, oldest first. `acts`: to one text, in the order in which they
    came; `taken_back`: when an act was withdrawn, by its id."""
    state: dict[str, tuple[bool, bool]] = {}
    stands: list[Stand] = []
    given = by_municipality(acts)
    moments = sorted(
        {
            (at, ags)
            for ags, own in given.items()
            for act in own
            for at in (act.at, taken_back.get(act.id))
            if at is not None
        }
    )
    for at, ags in moments:
        state[ags] = _state(given[ags], taken_back, at)
        stand = Stand(at, sum(a for a, _ in state.values()), sum(c for _, c in state.values()))
        if stands and stands[-1].at == at:
            stands.pop()
        before = stands[-1] if stands else Stand(at, 0, 0)
        if (stand.answered, stand.counted) != (before.answered, before.counted):
            stands.append(stand)
    return stands


def _state(
    acts: Sequence[GivenAnswer], taken_back: Mapping[int, datetime], at: datetime
) -> tuple[bool, bool]:
    """Whether the municipality had answered at that time, and whether its answer counted."""
    there = [replace(act, withdrawn=_is_back(taken_back.get(act.id), at)) for act in acts if act.at <= at]
    valid = counting_acts(there)
    return bool(valid), bool(valid) and counts(valid[-1].answer)


def _is_back(taken_back: datetime | None, at: datetime) -> bool:
    return taken_back is not None and taken_back <= at
