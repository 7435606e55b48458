"""What each person is told to do next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Mandate, MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.domain.sign_offs.answers import Answer
from server.web.declarations.next_step import Situation, next_step
from server.web.declarations.progress import Line, Progress
from tests.web.declarations.lines import answered

AT = datetime(2026, 6, 17, tzinfo=UTC)
OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)
DORIS = Signatory(OFFENBURG, "Doris", "Oberbürgermeisterin")
GUSTAV = Signatory(LAHR, "Gustav", "Oberbürgermeister")
OPEN = Line(GUSTAV)
SIGNED = answered(DORIS)
DECLINED = answered(GUSTAV, Answer.DECLINES)


def situation(
    phase: Phase,
    *roles: Role,
    lines: tuple[Line, ...] = (SIGNED, OPEN),
    unanswered: int = 0,
    overdue: bool = False,
) -> Situation:
    declaration = Declaration(1, "x", "Erklärung", phase, "Region", None, None, text_id=1)
    access = Access(Person(1, "anna@example.org", "Anna"), declaration, frozenset(roles))
    return Situation(access, Progress(lines), unanswered, overdue)


def told(*arguments: Phase | Role, **more: object) -> tuple[str, str]:
    step = next_step(situation(*arguments, **more))
    return f"{step.heading.text} {step.sentence.text}", step.action.href.rpartition("/")[
        2
    ] if step.action else ""


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("role", Role)
def test_every_role_is_told_something_in_every_phase(phase: Phase, role: Role) -> None:
    sentence, _ = told(phase, role)
    assert sentence


@pytest.mark.parametrize(
    ("roles", "beginning", "page"),
    [
        ([Role.COORDINATOR], "The draft is in progress. As soon as everybody agrees", "edit"),
        ([Role.EDITOR], "The draft is in progress. You can write along", "edit"),
        ([Role.SUGGESTER], "The draft is in progress. You can suggest", "edit"),
        ([Role.SIGNATORY], "The draft is in progress. As soon as the text is fixed, you are asked", ""),
        ([Role.PRESS], "The draft is in progress. After the sign-off you get", ""),
        ([Role.SIGNATORY, Role.EDITOR], "The draft is in progress. You can write along", "edit"),
        ([Role.SIGNATORY, Role.SUGGESTER], "The draft is in progress. You can suggest", "edit"),
        ([Role.EDITOR, Role.COORDINATOR], "The draft is in progress. As soon as everybody agrees", "edit"),
    ],
)
def test_while_the_text_is_written(roles: list[Role], beginning: str, page: str) -> None:
    sentence, leads_to = told(Phase.DRAFTING, *roles)
    assert sentence.startswith(beginning)
    assert leads_to == page


def test_the_button_says_how_many_are_reminded() -> None:
    one = next_step(situation(Phase.SIGNING, Role.COORDINATOR)).action
    two = next_step(situation(Phase.SIGNING, Role.COORDINATOR, lines=(OPEN, Line(DORIS)))).action
    assert one is not None
    assert two is not None
    assert (one.label, one.facts) == ("Remind 1 open municipality", {"count": 1})
    assert (two.label, two.facts) == ("Remind %(count)s open municipalities", {"count": 2})


@pytest.mark.parametrize(
    ("roles", "beginning", "page"),
    [
        (
            [Role.COORDINATOR],
            "One of %(total)s municipalities has signed. No deadline is set.",
            "reminders",
        ),
        ([Role.SIGNATORY], "The text is fixed and is being signed. There is nothing", ""),
        ([Role.EDITOR], "The text is fixed and is being signed. You see below", ""),
        ([Role.PRESS], "The text is fixed and is being signed. After the sign-off", ""),
        ([Role.SUGGESTER], "The text is fixed and is being signed. After the sign-off", ""),
        (
            [Role.SIGNATORY, Role.COORDINATOR],
            "One of %(total)s municipalities has signed. No deadline",
            "reminders",
        ),
        ([Role.SIGNATORY, Role.EDITOR], "The text is fixed and is being signed. There is nothing", ""),
    ],
)
def test_while_the_mayors_sign(roles: list[Role], beginning: str, page: str) -> None:
    sentence, leads_to = told(Phase.SIGNING, *roles)
    assert sentence.startswith(beginning)
    assert leads_to == page


@pytest.mark.parametrize("others", [[], [Role.EDITOR], [Role.COORDINATOR]])
def test_ones_own_signature_comes_first(others: list[Role]) -> None:
    found = told(Phase.SIGNING, Role.SIGNATORY, *others, unanswered=1)
    assert found == (
        "The text is fixed and waits for your sign-off. Read the text and give your municipality's answer.",
        "sign",
    )


@pytest.mark.parametrize(
    "more", [{"overdue": True}, {"lines": (SIGNED, DECLINED)}], ids=["overdue", "all have answered"]
)
def test_the_coordination_seals_when_there_is_nothing_more_to_wait_for(more: dict[str, object]) -> None:
    sentence, leads_to = told(Phase.SIGNING, Role.COORDINATOR, **more)
    assert sentence.endswith("The declaration can be sealed.")
    assert leads_to == "seal"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.PUBLISHED])
def test_everybody_finds_the_final_document(phase: Phase, role: Role) -> None:
    assert told(phase, role)[1] == "final.pdf"


@pytest.mark.parametrize("role", Role)
def test_after_a_withdrawal_there_is_nothing_to_do(role: Role) -> None:
    assert told(Phase.WITHDRAWN, role) == (
        "The declaration has been withdrawn. There is nothing more to do.",
        "",
    )


def test_who_has_signed_is_told_for_which_municipality() -> None:
    declaration = Declaration(1, "x", "Erklärung", Phase.SIGNING, "Region", None, None, text_id=1)
    mandate = Mandate(1, 1, OFFENBURG, MandateKind.MAYOR, "Oberbürgermeisterin", since=AT, until=None)
    access = Access(
        Person(1, "doris@example.org", "Doris"), declaration, frozenset({Role.SIGNATORY}), mandates=(mandate,)
    )
    step = next_step(Situation(access, Progress((SIGNED, OPEN)), 0, False))
    assert step.heading.text == "You have signed for %(town)s."
    assert step.heading.facts == {"town": "Offenburg"}


def test_after_a_reopening_signatories_are_told_what_their_answer_holds_for() -> None:
    now = replace(situation(Phase.DRAFTING, Role.SIGNATORY), fixed=1)
    step = next_step(now)
    assert step.heading.text == "The text is open again."
    assert step.sentence.facts == {"number": 1}
