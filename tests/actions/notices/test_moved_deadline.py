"""A deadline that is moved while answers are asked for: all who may answer hear of it, and their staff."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.actions.declarations.settings import change_setting
from server.domain.terms.settings import Deadline
from tests.world import SLUG, World


def move(world: World, at: datetime | None) -> list[str]:
    """Whom a mail reaches that was not there before."""
    before = len(world.letters)
    world.run(change_setting(world.services, actor=world.person("clara"), slug=SLUG, setting=Deadline(at)))
    return sorted(letter.recipient.partition("@")[0] for letter in world.letters[before:])


def test_all_who_may_answer_hear_of_it_with_their_staff(world: World) -> None:
    world.freeze()
    assert move(world, world.time + timedelta(days=1)) == ["anna", "doris", "gustav"]
    world.sign_with_passkey("doris")
    assert move(world, world.time + timedelta(days=2)) == ["anna", "doris", "gustav"]
    newest = {letter.recipient.partition("@")[0]: letter for letter in world.letters[-3:]}
    assert newest["gustav"].subject == "Neue Frist für die Mitzeichnung: „Erklärung“"
    assert "nun bis zum 19. Juni 2026, 12:00 Uhr" in newest["gustav"].body
    assert "Eine Antwort liegt noch nicht vor." in newest["gustav"].body
    assert "Die Antwort von Offenburg liegt vor und gilt weiter." in newest["doris"].body
    assert "Bis dahin kann Offenburg anders antworten." in newest["anna"].body


def test_a_deadline_that_is_lifted_is_told_too(world: World) -> None:
    world.freeze()
    move(world, world.time + timedelta(days=1))
    assert move(world, None) == ["anna", "doris", "gustav"]
    assert "die Frist aufgehoben" in world.letters[-1].body


def test_nobody_is_written_to_before_there_is_something_to_sign(world: World) -> None:
    assert move(world, world.time + timedelta(days=1)) == []


def test_nor_of_a_deadline_that_has_passed(world: World) -> None:
    world.freeze()
    assert move(world, world.time - timedelta(hours=1)) == []
