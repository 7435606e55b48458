"""An answer on paper counts when a second person has confirmed it; decision 0022 says which one
wins."""

from __future__ import annotations

from typing import Any

import pytest

from server.actions.declarations.start import Invitee
from server.actions.sign_offs.paper.recording import record_paper
from server.actions.sign_offs.paper.settling import confirm_paper, discard_paper
from server.actions.sign_offs.request import Reply
from server.domain.errors import NotAllowed, NotFound, WrongPhase
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.errors import AnswerChanged, DeadlinePassed, MayorHasAnswered, StaleRevision
from server.domain.sign_offs.papers import InvalidPaperDay, PaperIsOlder, PaperSettled, SecondPersonNeeded
from server.domain.sign_offs.statements import Level, SignOff, counting
from server.storage.sign_offs.papers import read_record, read_scan
from tests.actions.sign_offs.people import set_deadline, with_people
from tests.dossier.scans import picture
from tests.world import LAHR, OFFENBURG, SLUG, World

DAY = "2026-06-17"
DEPUTY = Invitee(
    "flora@example.org", "Flora", Role.SIGNATORY, OFFENBURG, "Bürgermeisterin", MandateKind.DEPUTY
)


def record(world: World, whose: str, day: str = DAY, by: str = "clara", **other: Any) -> int:
    asked = world.asked(whose, **other)
    return world.run(
        record_paper(
            world.services,
            actor=world.person(by),
            slug=SLUG,
            request=asked["request"],
            decided_on=day,
            scan=picture(place=True),
        )
    )


def confirm(world: World, record_id: int, by: str = "anna") -> SignOff:
    return world.run(confirm_paper(world.services, actor=world.person(by), slug=SLUG, record_id=record_id))


def discard(world: World, record_id: int, by: str = "clara") -> None:
    world.run(discard_paper(world.services, actor=world.person(by), slug=SLUG, record_id=record_id))


def counts(world: World) -> list[tuple[str, Level]]:
    return [(s.ags, s.level) for s in counting(world.answers, world.revision.digest)]


def test_it_counts_when_a_second_person_has_confirmed_it(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris", reply=Reply(Answer.SIGNS_WITH_STATEMENT, "Mit Nachdruck."))
    assert counts(world) == []
    given = confirm(world, record_id)
    assert counts(world) == [(OFFENBURG, Level.PAPER)]
    assert (given.person_id, given.text) == (world.person("doris").id, "Mit Nachdruck.")
    stored = world.ask(read_record, 1, record_id)
    assert given.evidence["scan_sha256"] == stored.scan_digest
    assert given.statement_bytes == stored.statement
    assert world.tags[-2:] == ["declaration:sign_off_paper:record", "declaration:sign_off:give"]


def test_whoever_recorded_it_cannot_confirm_it(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    with pytest.raises(SecondPersonNeeded):
        confirm(world, record_id, "clara")
    assert counts(world) == []


def test_another_municipality_neither_confirms_nor_discards_it(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    for act in (confirm, discard):
        with pytest.raises(NotFound):
            act(world, record_id, "gustav")
    for name in ("emil",):
        with pytest.raises(NotAllowed):
            confirm(world, record_id, name)


def test_without_another_coordinator_the_municipality_is_asked(world: World) -> None:
    world.freeze()
    before = len(world.letters)
    record(world, "doris")
    asked = [letter.recipient for letter in world.letters[before:] if "Papier" in letter.subject]
    assert asked == ["anna@example.org", "doris@example.org"]


def test_another_coordinator_is_asked_first(world: World) -> None:
    with_people(world, Invitee("cosmo@example.org", "Cosmo", Role.COORDINATOR))
    world.freeze()
    before = len(world.letters)
    record_id = record(world, "doris")
    asked = [letter.recipient for letter in world.letters[before:] if "Papier" in letter.subject]
    assert asked == ["cosmo@example.org"]
    confirm(world, record_id, "cosmo")
    assert counts(world) == [(OFFENBURG, Level.PAPER)]


def test_it_is_settled_once(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    confirm(world, record_id)
    for act in (confirm, discard):
        with pytest.raises(PaperSettled):
            act(world, record_id, "anna")


def test_of_a_discarded_entry_the_scan_is_deleted(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    discard(world, record_id)
    assert world.ask(read_scan, record_id) is None
    assert counts(world) == []
    with pytest.raises(PaperSettled):
        confirm(world, record_id)


def test_an_electronic_answer_given_meanwhile_wins(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris", reply=Reply(Answer.DECLINES))
    world.sign_with_passkey("doris")
    with pytest.raises(AnswerChanged):
        confirm(world, record_id)
    assert counts(world) == [(OFFENBURG, Level.PASSKEY)]


def test_a_paper_of_the_same_day_never_replaces_an_electronic_answer(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.DECLINES)
    with pytest.raises(PaperIsOlder):
        record(world, "doris")


def test_a_paper_of_a_later_day_replaces_an_electronic_answer(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.DECLINES)
    world.wait(days=1)
    confirm(world, record(world, "doris", "2026-06-18"))
    assert counts(world) == [(OFFENBURG, Level.PAPER)]


def test_after_it_was_taken_back_the_paper_may_be_of_the_same_day(world: World) -> None:
    world.freeze()
    world.answer("doris", Answer.DECLINES)
    world.withdraw("doris")
    confirm(world, record(world, "doris"))
    assert counts(world) == [(OFFENBURG, Level.PAPER)]


def test_an_electronic_answer_replaces_a_paper(world: World) -> None:
    world.freeze()
    confirm(world, record(world, "doris", reply=Reply(Answer.DECLINES)))
    world.sign_with_passkey("doris")
    assert counts(world) == [(OFFENBURG, Level.PASSKEY)]


def test_the_mayors_paper_replaces_a_deputys_answer_of_the_same_day(world: World) -> None:
    with_people(world, DEPUTY)
    world.freeze()
    world.answer("flora", Answer.DECLINES)
    confirm(world, record(world, "doris"))
    assert counts(world) == [(OFFENBURG, Level.PAPER)]
    assert world.answers[-1].capacity is MandateKind.MAYOR


def test_a_deputys_paper_never_replaces_the_mayors_answer(world: World) -> None:
    with_people(world, DEPUTY)
    world.freeze()
    confirm(world, record(world, "doris"))
    world.wait(days=1)
    with pytest.raises(MayorHasAnswered):
        record(world, "flora", "2026-06-18", reply=Reply(Answer.DECLINES))


def test_a_paper_counts_for_the_text_it_was_recorded_for(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    world.reopen()
    with pytest.raises(WrongPhase):
        confirm(world, record_id)
    world.write("Neu: ")
    world.freeze()
    with pytest.raises(StaleRevision):
        confirm(world, record_id)
    assert counts(world) == []


def test_after_the_seal_nothing_is_confirmed(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    world.answer("gustav", Answer.SIGNS)
    world.seal()
    with pytest.raises(WrongPhase):
        confirm(world, record_id)
    assert [s.ags for s in world.answers] == [LAHR]


def test_recorded_in_time_it_may_be_confirmed_after_the_deadline(world: World) -> None:
    world.freeze()
    record_id = record(world, "doris")
    set_deadline(world, world.time.replace(hour=11))
    world.wait(days=1)
    with pytest.raises(DeadlinePassed):
        record(world, "gustav", "2026-06-18")
    confirm(world, record_id)
    assert counts(world) == [(OFFENBURG, Level.PAPER)]


@pytest.mark.parametrize("day", ["2026-06-16", "2026-06-18", "", "gestern", "2026-13-01"])
def test_the_day_lies_between_the_text_and_today(world: World, day: str) -> None:
    world.freeze()
    with pytest.raises(InvalidPaperDay):
        record(world, "doris", day)
