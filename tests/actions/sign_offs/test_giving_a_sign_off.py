"""Signing with a passkey or with a code: what is stored is exactly what was confirmed."""

import hashlib
import json

import pytest

from server.actions.sign_offs import by_code, by_passkey
from server.domain.audit import Tag
from server.domain.errors import InvalidCode, InvalidPasskey, NotAllowed, WrongPhase
from server.domain.sign_offs.errors import AlreadyAnswered, StaleRevision
from server.domain.sign_offs.statements import Level
from server.storage.record import audit
from tests.world import SLUG, WORDING, World, challenge_of


def begin(world: World, name: str) -> tuple[str, bytes]:
    challenge_id, options, _ = world.run(by_passkey.begin_with_passkey(world.services, **world.asked(name)))
    return challenge_id, challenge_of(options)


def test_the_challenge_is_the_digest_of_the_statement_that_is_stored(world: World) -> None:
    revision = world.freeze()
    key = world.authenticator("doris")
    challenge_id, challenge = begin(world, "doris")
    given = world.finish("doris", challenge_id, key.get(challenge))
    assert hashlib.sha256(given.statement_bytes).digest() == challenge
    statement = json.loads(given.statement_bytes)
    assert statement["revision"] == {"number": 1, "sha256": revision.digest}
    assert statement["signatory"]["title"] == "Oberbürgermeisterin"
    assert statement["wording"] == WORDING
    assert given.level is Level.PASSKEY


def test_a_code_by_mail_is_recorded_as_the_weaker_level(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("gustav")
    given = world.confirm("gustav", challenge_id, code)
    assert given.level is Level.EMAIL_CODE
    assert "gustav@example.org" not in json.dumps(given.evidence)


def test_a_digest_that_is_no_longer_current_is_refused(world: World) -> None:
    old = world.freeze().digest
    world.authenticator("doris")
    world.reopen()
    world.write("Neue ")
    world.freeze()
    with pytest.raises(StaleRevision):
        world.run(by_passkey.begin_with_passkey(world.services, **world.asked("doris", old)))


def test_a_text_that_changes_while_the_mayor_hesitates_is_not_signed(world: World) -> None:
    world.freeze()
    key = world.authenticator("doris")
    challenge_id, challenge = begin(world, "doris")
    world.reopen()
    with pytest.raises(WrongPhase):
        world.finish("doris", challenge_id, key.get(challenge))
    world.write("Neue ")
    world.freeze()
    with pytest.raises(StaleRevision):
        world.finish("doris", challenge_id, key.get(challenge))
    assert world.answers == []


def test_an_answer_posted_twice_counts_once(world: World) -> None:
    world.freeze()
    key = world.authenticator("doris")
    challenge_id, challenge = begin(world, "doris")
    response = key.get(challenge)
    world.finish("doris", challenge_id, response)
    with pytest.raises(AlreadyAnswered):
        world.finish("doris", challenge_id, response)
    with pytest.raises(AlreadyAnswered):
        world.run(by_passkey.begin_with_passkey(world.services, **world.asked("doris")))
    assert len(world.answers) == 1


def test_a_code_posted_twice_is_told_apart_from_a_wrong_one(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("gustav")
    world.confirm("gustav", challenge_id, code)
    with pytest.raises(AlreadyAnswered):
        world.confirm("gustav", challenge_id, code)
    assert len(world.answers) == 1


def test_a_second_challenge_cannot_be_finished_after_the_first(world: World) -> None:
    world.freeze()
    key = world.authenticator("doris")
    first, second = begin(world, "doris"), begin(world, "doris")
    world.finish("doris", first[0], key.get(first[1]))
    with pytest.raises(AlreadyAnswered):
        world.finish("doris", second[0], key.get(second[1]))


def test_somebody_elses_passkey_proves_nothing(world: World) -> None:
    world.freeze()
    world.authenticator("doris")
    gustavs = world.authenticator("gustav")
    challenge_id, challenge = begin(world, "doris")
    with pytest.raises(InvalidPasskey):
        world.finish("doris", challenge_id, gustavs.get(challenge))
    assert world.answers == []


def test_somebody_elses_challenge_is_not_found(world: World) -> None:
    world.freeze()
    world.authenticator("doris")
    key = world.authenticator("gustav")
    challenge_id, challenge = begin(world, "doris")
    with pytest.raises(InvalidPasskey):
        world.finish("gustav", challenge_id, key.get(challenge))


def test_an_expired_challenge_is_refused(world: World) -> None:
    world.freeze()
    key = world.authenticator("doris")
    challenge_id, challenge = begin(world, "doris")
    world.wait(minutes=10)
    with pytest.raises(InvalidPasskey):
        world.finish("doris", challenge_id, key.get(challenge))


def test_nobody_signs_for_another_municipality(world: World) -> None:
    world.freeze()
    world.authenticator("doris")
    asked = world.asked("doris", mandate_id=world.mandate("gustav").id)
    with pytest.raises(NotAllowed):
        world.run(by_passkey.begin_with_passkey(world.services, **asked))


def test_a_wrong_code_is_counted_and_five_are_the_end(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("gustav")
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    left = []
    for _ in range(5):
        with pytest.raises(InvalidCode) as refused:
            world.confirm("gustav", challenge_id, wrong)
        left.append(refused.value.facts["left"])
    assert left == [4, 3, 2, 1, 0]
    events = [e for e in world.read(audit.list_events, SLUG) if e.tag is Tag.SIGN_OFF_CODE_REFUSE]
    assert [(e.actor, e.facts["left"]) for e in events] == [
        (world.person("gustav").id, attempts) for attempts in left
    ]
    with pytest.raises(InvalidCode):
        world.confirm("gustav", challenge_id, code)
    assert world.answers == []


def test_an_expired_code_is_refused(world: World) -> None:
    world.freeze()
    challenge_id, code = world.send_code("gustav")
    world.wait(minutes=15)
    with pytest.raises(InvalidCode):
        world.confirm("gustav", challenge_id, code)


def test_nobody_signs_while_the_text_is_open(world: World) -> None:
    world.freeze()
    asked = world.asked("doris")
    world.reopen()
    with pytest.raises(WrongPhase):
        world.run(by_code.send_code(world.services, **asked))
