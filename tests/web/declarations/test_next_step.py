"""What a person should do next. The pages' own tests look at the sentences."""

from __future__ import annotations

from itertools import product

import pytest

from server.domain.declarations import Declaration, Phase, Role
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.web.declarations.next_step import Situation, next_step, step_line
from server.web.declarations.progress import Progress, measure
from tests.web.declarations.test_progress import DORIS, GUSTAV, answered

DORIS_HERSELF = Person(1, "doris@example.org", "Doris")
NOBODY_YET = measure([DORIS, GUSTAV], [])
ONE = measure([DORIS, GUSTAV], [answered(DORIS)])
BOTH = measure([DORIS, GUSTAV], [answered(DORIS), answered(GUSTAV)])


def situation(
    phase: Phase, *roles: Role, progress: Progress = ONE, unanswered: int = 0, overdue: bool = False
) -> Situation:
    declaration = Declaration(1, "e", "Erklärung", phase, "Städte", None, None)
    return Situation(Access(DORIS_HERSELF, declaration, frozenset(roles)), progress, unanswered, overdue)


def page(now: Situation) -> str | None:
    action = next_step(now).action
    return action.href.rsplit("/", 1)[-1] if action else None


@pytest.mark.parametrize(("phase", "role"), list(product(Phase, Role)))
def test_everybody_is_told_something_in_every_phase(phase: Phase, role: Role) -> None:
    assert next_step(situation(phase, role)).sentence.text


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (situation(Phase.DRAFTING, Role.COORDINATOR), "edit"),
        (situation(Phase.DRAFTING, Role.EDITOR), "edit"),
        (situation(Phase.DRAFTING, Role.SUGGESTER), "edit"),
        (situation(Phase.DRAFTING, Role.SIGNATORY), None),
        (situation(Phase.DRAFTING, Role.PRESS), None),
        (situation(Phase.SIGNING, Role.SIGNATORY, unanswered=1), "sign"),
        (situation(Phase.SIGNING, Role.SIGNATORY), None),
        (situation(Phase.SIGNING, Role.EDITOR), None),
        (situation(Phase.SIGNING, Role.COORDINATOR), None),
        (situation(Phase.SIGNING, Role.COORDINATOR, progress=BOTH), "seal"),
        (situation(Phase.SIGNING, Role.COORDINATOR, overdue=True), "seal"),
        (situation(Phase.SIGNING, Role.COORDINATOR, progress=NOBODY_YET, overdue=True), None),
        (situation(Phase.SIGNING, Role.COORDINATOR, Role.SIGNATORY, progress=BOTH, unanswered=1), "sign"),
        (situation(Phase.SEALED, Role.PRESS), "final.pdf"),
        (situation(Phase.PUBLISHED, Role.PRESS), "final.pdf"),
        (situation(Phase.WITHDRAWN, Role.COORDINATOR), None),
    ],
)
def test_at_most_one_thing_is_to_be_pressed(now: Situation, wanted: str | None) -> None:
    assert page(now) == wanted


def test_the_line_of_phases_says_what_is_done_and_what_is_ahead() -> None:
    assert [state for _, state in step_line(Phase.SIGNING)] == ["done", "current", "ahead", "ahead"]
    assert step_line(Phase.WITHDRAWN) == [(Phase.WITHDRAWN, "current")]
