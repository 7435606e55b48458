"""A declaration's life as a line of steps, each with its day where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from server.domain.declarations import Declaration, Phase
from server.web.sentences.messages import N_

LIFE: Final = (Phase.DRAFTING, Phase.SIGNING, Phase.SEALED, Phase.PUBLISHED)
State = Literal["past", "current", "ahead"]
_UNDER_WAY: Final = N_("under way")
_DONE: Final = N_("completed")
_UNTIL: Final = N_("until %(at)s")
_FROM: Final = N_("from %(at)s")


@dataclass(frozen=True, slots=True)
class Step:
    """`words` has a place for `at`, if there is one; empty where nothing is known."""

    phase: Phase
    state: State
    words: str = ""
    at: datetime | None = None


def steps_of(declaration: Declaration) -> list[Step]:
    """Withdrawn stands alone: nothing comes after it."""
    if declaration.phase is Phase.WITHDRAWN:
        return [Step(Phase.WITHDRAWN, "current")]
    here = LIFE.index(declaration.phase)
    return [_step(declaration, phase, index - here) for index, phase in enumerate(LIFE)]


def _step(declaration: Declaration, phase: Phase, distance: int) -> Step:
    if distance < 0:
        return Step(phase, "past", _DONE)
    state: State = "ahead" if distance else "current"
    if phase is Phase.SIGNING and declaration.deadline:
        return Step(phase, state, _UNTIL, declaration.deadline)
    if phase is Phase.PUBLISHED and declaration.embargo and distance:
        return Step(phase, state, _FROM, declaration.embargo)
    return Step(phase, state, _UNDER_WAY if phase is Phase.DRAFTING else "")
