"""Archived declarations leave the lists; a withdrawn one is over, and all are told why."""

from __future__ import annotations

import pytest

from server.actions.declarations.ending import archive_declaration, withdraw_declaration
from server.domain.errors import NotAllowed, ProofNeeded, WrongPhase
from server.storage.declarations import declarations
from server.storage.notices import mails
from tests.world import SLUG, World

REASON = "Der Termin ist abgesagt."


def withdraw(world: World, name: str = "clara") -> int:
    return world.run(
        withdraw_declaration(
            world.services, actor=world.person(name), slug=SLUG, proven_at=world.time, reason=REASON
        )
    )


def archive(world: World, archived: bool) -> bool:
    return world.run(
        archive_declaration(world.services, actor=world.person("clara"), slug=SLUG, archived=archived)
    )


def test_everybody_who_takes_part_is_told_once_with_the_reason(world: World) -> None:
    assert withdraw(world) == 5
    told = world.read(mails.list_waiting, 100)
    assert sorted(mail.recipient.split("@")[0] for mail in told) == [
        "anna",
        "clara",
        "doris",
        "emil",
        "gustav",
    ]
    assert all(mail.payload["reason"] == REASON for mail in told)
    declaration = world.read(declarations.load_declaration, SLUG)
    assert (declaration.phase.value, declaration.withdrawal) == ("withdrawn", REASON)


def test_a_withdrawn_declaration_is_over(world: World) -> None:
    withdraw(world)
    for again in (lambda: withdraw(world), world.freeze):
        with pytest.raises(WrongPhase):
            again()


def test_a_sealed_one_can_still_be_withdrawn(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    world.seal()
    withdraw(world)
    assert world.phase == "withdrawn"


def test_it_takes_a_fresh_proof(world: World) -> None:
    proven_at = world.time
    world.wait(minutes=11)
    with pytest.raises(ProofNeeded):
        world.run(
            withdraw_declaration(
                world.services, actor=world.person("clara"), slug=SLUG, proven_at=proven_at, reason=REASON
            )
        )


def test_only_the_coordination_withdraws(world: World) -> None:
    with pytest.raises(NotAllowed):
        withdraw(world, "anna")
    assert world.phase == "drafting"


def test_into_the_archive_and_out_of_it(world: World) -> None:
    assert archive(world, True)
    assert world.read(declarations.load_declaration, SLUG).archived_at == world.time
    assert not archive(world, True)
    assert archive(world, False)
    assert world.read(declarations.load_declaration, SLUG).archived_at is None
    assert world.tags[-2:] == ["declaration:declaration:archive", "declaration:declaration:unarchive"]
