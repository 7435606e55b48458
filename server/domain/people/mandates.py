"""Who may bind a municipality, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.people.municipalities import Municipality


class MandateKind(StrEnum):
    MAYOR = "mayor"
    DEPUTY = "deputy"
    JOINT = "joint"

    @property
    def facts(self) -> MandateFacts:
        return MANDATE_KINDS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateFacts:
    """`is_joint`: two such mandates together bind the municipality. `stands_for`: in the mayor's place."""

    is_joint: bool = False
    stands_for: bool = False


MANDATE_KINDS: Final[Mapping[MandateKind, MandateFacts]] = {
    MandateKind.MAYOR: MandateFacts(),
    MandateKind.DEPUTY: MandateFacts(stands_for=True),
    MandateKind.JOINT: MandateFacts(is_joint=True),
}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who answers for a municipality, as it is printed."""

    municipality: Municipality
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """The right to bind a municipality. `title` is printed (Oberbürgermeisterin …).

    `until` is exclusive; None means for the time being. `reason`: why it is for a time. `rank`: of deputies,
    the first before the second.
    """

    id: int
    person_id: int
    municipality: Municipality
    kind: MandateKind
    title: str
    since: datetime
    until: datetime | None
    reason: str = ""
    rank: int = 1

    def holds(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or now < self.until)
