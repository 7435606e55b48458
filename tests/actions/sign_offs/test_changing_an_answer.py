"""Until the seal an answer can be changed and taken back; each is an act on record, and the newest counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.actions.declarations.start import Invitee
from server.actions.sign_offs import by_code
from server.domain.errors import NotAllowed, WrongPhase
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.errors import (
    AlreadyAnswered,
    AnswerChanged,
    DeadlinePassed,
    MayorHasAnswered,
    NobodySigned,
)
from server.domain.sign_offs.statements import SignOff, counting
from tests.actions.sign_offs.people import set_deadline, with_people
from tests.world import OFFENBURG, World


def counts(world: World) -> list[tuple[str, Answer]]:
    given = counting(world.answers, world.revision.digest)
    return [(s.statement.signatory, s.answer) for s in given]


def deputy(name: str = "Dora") -> Invitee:
    email, title = f"{name.lower()}@example.org", "Erste Bürgermeisterin"
    return Invitee(email, name, Role.SIGNATORY, OFFENBURG, title, MandateKind.DEPUTY)


def employee(name: str) -> Invitee:
    email = f"{name.lower()}@example.org"
    return Invitee(email, name, Role.SIGNATORY, OFFENBURG, "Amtsleitung", MandateKind.JOINT)


def test_the_newest_answer_counts_and_the_earlier_stay_on_record(world: World) -> None:
    world.freeze()
    first = world.answer("doris", Answer.SIGNS)
    world.answer("doris", Answer.SIGNS_WITH_STATEMENT, "Für den ländlichen Raum.")
    assert counts(world) == [("Doris", Answer.SIGNS_WITH_STATEMENT)]
    assert world.answers[0].statement_bytes == first.statement_bytes
    assert len(world.answers) == 2


def test_what_is_taken_back_is_open_again_and_can_be_answered_again(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    world.withdraw("doris")
    assert counts(world) == []
    with pytest.raises(NobodySigned):
        world.seal()
    world.answer("doris", Answer.SIGNS)
    assert counts(world) == [("Doris", Answer.SIGNS)]
    assert world.tags.count("declaration:sign_off:withdraw") == 1


def test_an_answer_is_taken_back_once(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    world.withdraw("doris")
    with pytest.raises(AnswerChanged):
        world.withdraw("doris")


def test_nothing_is_taken_back_after_the_seal(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    world.seal()
    with pytest.raises(WrongPhase):
        world.withdraw("doris")


def test_the_same_answer_twice_is_one(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.SIGNS)
    with pytest.raises(AlreadyAnswered):
        world.answer("doris", Answer.SIGNS)


def test_nobody_replaces_an_answer_that_they_have_not_seen(world: World) -> None:
    """Two tabs: the second shows what was true before the first was sent."""
    world.freeze()
    stale = world.asked("doris")
    world.answer("doris", Answer.DECLINES, "Der Gemeinderat ist dagegen.")
    with pytest.raises(AnswerChanged):
        world.run(by_code.send_code(world.services, **stale))
    assert counts(world) == [("Doris", Answer.DECLINES)]


def test_a_deputy_who_waits_for_the_code_does_not_replace_what_the_mayor_answered_meanwhile(
    world: World,
) -> None:
    with_people(world, deputy())
    world.freeze()
    challenge_id, code = world.send_code("dora")
    world.answer("doris", Answer.DECLINES)
    with pytest.raises(MayorHasAnswered):
        world.confirm("dora", challenge_id, code)
    assert counts(world) == [("Doris", Answer.DECLINES)]


def test_of_two_deputies_the_one_who_confirms_first_has_answered(world: World) -> None:
    with_people(world, deputy("Dora"), deputy("Dirk"))
    world.freeze()
    first, second = world.send_code("dora"), world.send_code("dirk")
    world.confirm("dirk", *second)
    with pytest.raises(AnswerChanged):
        world.confirm("dora", *first)
    assert counts(world) == [("Dirk", Answer.SIGNS)]


def test_the_mayor_overrules_a_deputy_and_not_the_other_way_round(world: World) -> None:
    with_people(world, deputy())
    world.freeze()
    assert world.answer("dora", Answer.SIGNS).statement.represents == "Doris"
    world.answer("doris", Answer.DECLINES)
    with pytest.raises(MayorHasAnswered):
        world.answer("dora", Answer.SIGNS)
    with pytest.raises(MayorHasAnswered):
        world.withdraw("dora")
    assert counts(world) == [("Doris", Answer.DECLINES)]


def test_a_deputy_may_answer_again_when_the_mayor_has_taken_her_own_answer_back(world: World) -> None:
    with_people(world, deputy())
    world.freeze()
    world.answer("doris", Answer.DECLINES)
    world.withdraw("doris")
    world.answer("dora", Answer.SIGNS)
    assert counts(world) == [("Dora", Answer.SIGNS)]


def test_the_mayor_takes_back_what_a_deputy_answered_and_another_deputy_does_not(world: World) -> None:
    with_people(world, deputy("Dora"), deputy("Dirk"))
    world.freeze()
    world.answer("dora", Answer.SIGNS)
    with pytest.raises(NotAllowed):
        world.withdraw("dirk")
    world.withdraw("doris")
    assert counts(world) == []


def test_two_employees_count_when_both_have_said_the_same(world: World) -> None:
    with_people(world, employee("Edda"), employee("Egon"))
    world.freeze()
    world.answer("edda", Answer.SIGNS_WITH_STATEMENT, "Im Rahmen des Haushalts.")
    assert counts(world) == []
    world.answer("egon", Answer.SIGNS)
    assert counts(world) == []
    world.answer("egon", Answer.SIGNS_WITH_STATEMENT, "Im Rahmen des Haushalts.")
    assert counts(world) == [
        ("Edda", Answer.SIGNS_WITH_STATEMENT),
        ("Egon", Answer.SIGNS_WITH_STATEMENT),
    ]


def test_one_of_two_employees_who_goes_back_opens_the_answer_again(world: World) -> None:
    with_people(world, employee("Edda"), employee("Egon"))
    world.freeze()
    world.answer("edda", Answer.SIGNS)
    world.answer("egon", Answer.SIGNS)
    world.withdraw("egon")
    assert counts(world) == []
    world.answer("egon", Answer.SIGNS)
    assert [name for name, _ in counts(world)] == ["Edda", "Egon"]


def test_after_the_deadline_only_who_was_about_to_confirm_may_still_answer(world: World) -> None:
    set_deadline(world, world.time + timedelta(minutes=5))
    world.freeze()
    waiting = world.send_code("doris")
    late = world.send_code("gustav")
    world.wait(minutes=6)
    assert world.confirm("doris", *waiting).answer is Answer.SIGNS
    with pytest.raises(DeadlinePassed):
        world.send_code("gustav")
    world.confirm("gustav", *late)
    assert len(world.answers) == 2


def test_a_note_for_the_coordination_is_no_part_of_what_is_signed(world: World) -> None:
    world.freeze()
    given: SignOff = world.answer("doris", Answer.DECLINES, note="Der Gemeinderat ist zerstritten.")
    assert world.answers[0].note == "Der Gemeinderat ist zerstritten."
    assert "zerstritten" not in given.statement_bytes.decode()
