"""What is stored and proven are the bytes that were confirmed, also when another release made them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from server.actions.sign_offs import by_passkey
from server.domain.canonical import canonical_bytes
from server.domain.errors import InvalidCode, InvalidPasskey, KraftaktError
from server.domain.sign_offs.errors import InvalidCopy
from server.dossier.check.document import verify_document
from server.storage.tables.sign_offs import ChallengeRow
from tests.signing.copies import homemade, sign_copy
from tests.world import World

Change = Callable[[dict[str, Any]], object]


def without_newer_members(said: dict[str, Any]) -> None:
    """As written by a release that did not know them."""
    del said["council_date"], said["signatory"]["reason"]


def with_a_newer_member(said: dict[str, Any]) -> None:
    said["condition"] = "Nur wenn der Kreistag zustimmt."


def with_a_newer_member_inside(said: dict[str, Any]) -> None:
    said["signatory"]["party"] = "parteilos"


def rewrite(world: World, challenge_id: str, change: Change) -> bytes:
    """The statement that waits, as another release would have made it."""

    async def work() -> bytes:
        async with world.services.database.write() as db:
            row = await db.get(ChallengeRow, challenge_id)
            assert row is not None
            said = json.loads(row.statement or b"")
            change(said)
            row.statement = canonical_bytes(said)
            row.challenge = hashlib.sha256(row.statement).digest()
            return row.statement

    return world.run(work())


def begin_with_passkey(world: World) -> str:
    challenge_id, *_ = world.run(by_passkey.begin_with_passkey(world.services, **world.asked("doris")))
    return challenge_id


def test_a_passkey_signs_the_bytes_that_are_stored_and_the_document_proves_them(world: World) -> None:
    world.freeze()
    key, challenge_id = world.authenticator("doris"), begin_with_passkey(world)
    waiting = rewrite(world, challenge_id, without_newer_members)
    given = world.finish("doris", challenge_id, key.get(hashlib.sha256(waiting).digest()))
    assert given.statement_bytes == waiting
    assert world.answers[0].statement_bytes == waiting
    report = verify_document(world.seal().pdf)
    assert report.holds, [f for f in report.findings if f.outcome not in ("proven", "limited")]
    assert [line.signatory for line in report.sign_offs] == ["Doris"]


def test_a_code_confirms_the_bytes_that_are_stored_and_the_document_proves_them(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("gustav")
    waiting = rewrite(world, challenge_id, without_newer_members)
    assert world.confirm("gustav", challenge_id, code).statement_bytes == waiting
    assert verify_document(world.seal().pdf).holds


@pytest.mark.parametrize("change", [with_a_newer_member, with_a_newer_member_inside])
class TestWhatThisReleaseWouldNotShow:
    """It could not be judged here later, so it is refused before it is confirmed, and begun again."""

    def refused(self, world: World, error: type[KraftaktError], finish: Callable[[], object]) -> None:
        with pytest.raises(error):
            finish()
        assert world.answers == []

    def test_with_a_passkey(self, world: World, change: Change) -> None:
        world.freeze()
        key, challenge_id = world.authenticator("doris"), begin_with_passkey(world)
        answer = key.get(hashlib.sha256(rewrite(world, challenge_id, change)).digest())
        self.refused(world, InvalidPasskey, lambda: world.finish("doris", challenge_id, answer))
        assert world.sign_with_passkey("doris")

    def test_with_a_code(self, world: World, change: Change) -> None:
        world.freeze()
        challenge_id, code = world.send_code("doris")
        rewrite(world, challenge_id, change)
        self.refused(world, InvalidCode, lambda: world.confirm("doris", challenge_id, code))

    def test_with_a_copy(self, world: World, change: Change) -> None:
        world.freeze()
        challenge_id, copy = world.hand_out("doris")
        rewrite(world, challenge_id, change)
        signed = sign_copy(copy, homemade("Doris Beispiel"))
        self.refused(world, InvalidCopy, lambda: world.hand_in("doris", challenge_id, signed))
        assert world.hand_out("doris")[0] != challenge_id


def test_a_challenge_of_another_declaration_is_not_found(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("doris")
    rewrite(world, challenge_id, lambda said: said["declaration"].update(slug="andere"))
    with pytest.raises(InvalidCode):
        world.confirm("doris", challenge_id, code)
