"""Which of a municipality's acts count. Acts are only ever added; until the seal the newest counts.

Two authorised employees (§ 54 GemO) count when both have given the same answer to the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from server.domain.people.mandates import MandateKind
from server.domain.sign_offs.answers import Answer


class OnRecord(Protocol):
    """An answer that was given. `withdrawn`: taken back by a later act."""

    @property
    def person_id(self) -> int: ...
    @property
    def ags(self) -> str: ...
    @property
    def capacity(self) -> MandateKind: ...
    @property
    def answer(self) -> Answer: ...
    @property
    def text(self) -> str: ...
    @property
    def withdrawn(self) -> bool: ...


A = TypeVar("A", bound=OnRecord)


def by_municipality(acts: Iterable[A]) -> dict[str, list[A]]:
    """By official key; each list in the order in which the acts came."""
    found: dict[str, list[A]] = {}
    for act in acts:
        found.setdefault(act.ags, []).append(act)
    return found


def counting_acts(acts: Sequence[A]) -> tuple[A, ...]:
    """Of one municipality's acts about one text, oldest first, those that are its answer: none while it is
    open, two where employees answer jointly."""
    if not acts or acts[-1].withdrawn:
        return ()
    newest = acts[-1]
    if not newest.capacity.facts.is_joint:
        return (newest,)
    other = _partner(acts[:-1], newest)
    return (other, newest) if other is not None else ()


def waits_for_second(acts: Sequence[A]) -> A | None:
    """The newest act, where it is half of a joint answer."""
    if not acts or acts[-1].withdrawn or counting_acts(acts):
        return None
    return acts[-1]


def _partner(earlier: Sequence[A], newest: A) -> A | None:
    """The other employee's newest act, if it says the same. What somebody who may sign alone answered between
    them ended it."""
    for act in reversed(earlier):
        if not act.capacity.facts.is_joint:
            return None
        if act.person_id != newest.person_id:
            says_the_same = (act.answer, act.text) == (newest.answer, newest.text)
            return act if says_the_same and not act.withdrawn else None
    return None
