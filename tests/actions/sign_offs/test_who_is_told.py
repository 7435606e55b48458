"""Who hears of an answer: whoever gave it, the mayor, the other employee, the staff, the coordination."""

from __future__ import annotations

from server.actions.declarations.start import Invitee
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from tests.actions.sign_offs.people import with_people
from tests.world import LAHR, OFFENBURG, SLUG, Letter, World

DEPUTY = Invitee(
    "flora@example.org", "Flora", Role.SIGNATORY, OFFENBURG, "Bürgermeisterin", MandateKind.DEPUTY
)
PAIR = [
    Invitee(f"{name.lower()}@example.org", name, Role.SIGNATORY, LAHR, "Amtsleitung", MandateKind.JOINT)
    for name in ("Ida", "Jon")
]


def told(world: World, name: str, words: str) -> list[Letter]:
    """What this person was sent with these words in its subject."""
    return [m for m in world.letters if m.recipient == f"{name}@example.org" and words in m.subject]


def test_whoever_has_answered_gets_a_receipt(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS_WITH_STATEMENT, "Mit Nachdruck.")
    [receipt] = told(world, "doris", "Beleg")
    body = " ".join(receipt.body.split())
    for words in ("Offenburg zeichnet mit einer Protokollerklärung", "mit einem Code per E-Mail", "12:00"):
        assert words in body
    assert world.revision.digest in body
    assert f"/declarations/{SLUG}/sign?municipality={OFFENBURG}" in body
    assert "Mit Nachdruck" not in body


def test_a_withdrawal_has_its_receipt_too_and_the_coordination_hears_at_once(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    assert told(world, "clara", "Offenburg") == []  # in the daily mail
    world.withdraw("doris")
    assert len(told(world, "doris", "zurückgenommen")) == 1
    [heard] = told(world, "clara", "Offenburg")
    assert "nimmt die Antwort zurück" in heard.body


def test_the_coordination_hears_at_once_of_a_decline_and_of_a_reservation(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.DECLINES)
    world.answer("gustav", Answer.SUBJECT_TO_COUNCIL)
    assert len(told(world, "clara", "Offenburg")) == 1
    assert len(told(world, "clara", "Lahr")) == 1


def test_the_staff_hears_of_its_own_municipality_only(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    world.answer("gustav", Answer.SIGNS)
    assert len(told(world, "anna", "Offenburg: Antwort")) == 1
    assert told(world, "anna", "Lahr") == []


def test_the_mayor_is_told_at_once_what_a_deputy_answered(world: World) -> None:
    with_people(world, DEPUTY)
    world.freeze()
    world.answer("flora", Answer.DECLINES)
    [heard] = told(world, "doris", "Flora hat für Sie geantwortet")
    assert "Offenburg zeichnet nicht mit" in heard.body
    assert f"/sign?change&municipality={OFFENBURG}" in heard.body
    assert told(world, "gustav", "Flora") == []


def test_the_mayors_own_answer_is_no_news_to_the_mayor(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    assert told(world, "doris", "für Sie geantwortet") == []


def test_the_other_employee_is_told_that_a_signature_is_missing(world: World) -> None:
    with_people(world, *PAIR)
    world.freeze()
    world.answer("ida", Answer.SIGNS)
    assert len(told(world, "jon", "Ihre Unterschrift fehlt noch")) == 1
    assert told(world, "ida", "Ihre Unterschrift fehlt noch") == []
    world.answer("jon", Answer.SIGNS)
    assert told(world, "ida", "Ihre Unterschrift fehlt noch") == []


def test_who_is_taken_back_by_the_mayor_is_told(world: World) -> None:
    with_people(world, DEPUTY)
    world.freeze()
    world.answer("flora", Answer.DECLINES)
    world.withdraw("doris")
    assert len(told(world, "flora", "zurückgenommen")) == 1
    assert len(told(world, "doris", "zurückgenommen")) == 1
