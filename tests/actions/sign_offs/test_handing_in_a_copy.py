"""What is taken as a signed copy, what is refused, and that nothing is stored of what is refused."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.actions.sign_offs import by_pdf
from server.actions.sign_offs.request import Reply
from server.documents.reading.attachments import read_attachments
from server.domain.canonical import digest
from server.domain.errors import NotAllowed, TooLarge, WrongPhase
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.errors import (
    AlreadyAnswered,
    ForeignCertificate,
    InvalidCopy,
    StaleRevision,
    TooManyCopies,
)
from server.dossier.apart.checks_apart import ChecksApart, Limits
from server.storage.record import audit
from server.storage.sign_offs import signed_copies
from tests.dossier.hostile_files import hostile_files
from tests.signing.copies import homemade, sign_copy
from tests.signing.forged_copies import FORGED, Handed, changed_later, signed_over, signed_with
from tests.signing.seal.test_damaged_seal import lay_a_note_over_the_text
from tests.world import SLUG, WORDING, World

DORIS = homemade("Doris Beispiel")


def sign(copy: bytes) -> bytes:
    return sign_copy(copy, DORIS)


def stored(world: World) -> tuple[int, int]:
    """How many copies, and their bytes altogether."""
    found: tuple[int, int] = world.read(signed_copies.measure_copies, world.revision.id)
    return found


def test_the_copy_carries_the_statement_that_is_stored(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    given = world.hand_in("doris", challenge_id, sign(copy))
    assert read_attachments(copy)["aussage.json"] == given.statement_bytes
    assert read_attachments(copy)["erklaerung.json"] == world.revision.content
    assert json.loads(given.statement_bytes)["wording"] == WORDING
    assert stored(world)[0] == 1


def test_each_act_is_one_entry_of_the_log(world: World) -> None:
    """With a process of its own for the check, as in the service."""
    world.services = replace(world.services, checks=ChecksApart())
    world.freeze()
    before = len(world.tags)
    challenge_id, copy = world.hand_out("doris")
    world.hand_in("doris", challenge_id, sign(copy))
    assert world.tags[before:] == ["declaration:sign_off_copy:issue", "declaration:sign_off:give"]


def test_who_asks_for_the_same_again_gets_the_same_copy(world: World) -> None:
    world.freeze()
    first = world.hand_out("doris")
    world.wait(hours=3)
    before = len(world.tags)
    assert world.hand_out("doris") == first
    assert len(world.tags) == before
    world.wait(days=6)
    assert world.hand_out("doris") != first  # a copy that ends today is of little use
    reply = Reply(Answer.SIGNS_WITH_STATEMENT, "Unter Vorbehalt der Mittel.")
    assert world.hand_out("doris", reply=reply)[1] != first[1]


def test_a_copy_handed_in_twice_counts_once(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    signed = sign(copy)
    world.hand_in("doris", challenge_id, signed)
    with pytest.raises(AlreadyAnswered):
        world.hand_in("doris", challenge_id, signed)
    with pytest.raises(AlreadyAnswered):
        world.hand_out("doris")
    assert (len(world.answers), stored(world)[0]) == (1, 1)


def test_a_copy_handed_in_twice_at_once_counts_once(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    asked = {"actor": world.person("doris"), "slug": SLUG, "challenge_id": challenge_id, "signed": sign(copy)}

    async def both() -> list[object]:
        work = [by_pdf.finish_with_pdf(world.services, **asked) for _ in range(2)]
        return list(await asyncio.gather(*work, return_exceptions=True))

    answers = world.run(both())
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyAnswered", "SignOff"]
    assert (len(world.answers), stored(world)[0]) == (1, 1)


def test_a_text_that_changes_meanwhile_is_not_signed(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    world.reopen()
    with pytest.raises(WrongPhase):
        world.hand_in("doris", challenge_id, sign(copy))
    world.write("Neue ")
    world.freeze()
    with pytest.raises(StaleRevision):
        world.hand_in("doris", challenge_id, sign(copy))
    assert (world.answers, stored(world)[0]) == ([], 0)


def test_a_copy_is_waited_for_a_week(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    signed = sign(copy)
    world.wait(days=7)
    with pytest.raises(InvalidCopy):
        world.hand_in("doris", challenge_id, signed)
    world.time -= timedelta(seconds=1)
    world.hand_in("doris", challenge_id, signed)


def test_nobody_hands_in_for_another_person(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    with pytest.raises(InvalidCopy):
        world.hand_in("gustav", challenge_id, sign_copy(copy, homemade("Gustav Beispiel")))
    with pytest.raises(NotAllowed):
        world.hand_out("doris", mandate_id=world.mandate("gustav").id)


def test_a_certificate_of_somebody_else_is_refused_by_name(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    with pytest.raises(ForeignCertificate) as refused:
        world.hand_in("doris", challenge_id, sign_copy(copy, homemade("Frank Fremd")))
    assert refused.value.facts["holder"] == "Frank Fremd"
    world.hand_in("doris", challenge_id, sign(copy))


@pytest.mark.parametrize("days", [(1, 365), (-4000, -3000)], ids=["not yet", "no longer"])
def test_a_certificate_that_is_not_valid_on_the_day_is_refused(world: World, days: tuple[int, int]) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    with pytest.raises(InvalidCopy) as refused:
        world.hand_in("doris", challenge_id, sign_copy(copy, homemade("Doris Beispiel", days=days)))
    assert refused.value.facts["reason"] == "The certificate is not valid now."


REFUSED: dict[str, Any] = {
    "not signed": lambda copy: copy,
    "another file": lambda _: b"%PDF-1.7\n",
    "nothing": lambda _: b"",
    "signed, then annotated": lambda copy: _forged(copy, changed_later(lay_a_note_over_the_text)),
    "annotated, then signed": lambda copy: _forged(copy, signed_over(lay_a_note_over_the_text)),
    "annotated while it was signed": lambda copy: _forged(copy, signed_with(lay_a_note_over_the_text)),
    "a bit in the signature": lambda copy: _forged(copy, FORGED["a bit in the signature"]),
    "a file behind the copy": lambda copy: _forged(copy, FORGED["a file behind the copy"]),
    "signed twice": lambda copy: _forged(copy, FORGED["signed twice"]),
    "cut short": lambda copy: sign(copy)[:-1],
    "rubbish behind it": lambda copy: copy + bytes(range(256)) * 40,
    "a hostile file behind it": lambda copy: copy + hostile_files()["a form of many ways with names"],
}


def _forged(copy: bytes, forge: Any) -> bytes:
    pair = (copy, sign(copy))
    signed: bytes = forge(Handed(DORIS, pair, pair, pair, pair))[1]
    return signed


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_anything_but_the_signed_copy_is_refused(world: World, make: Any) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    with pytest.raises(InvalidCopy) as refused:
        world.hand_in("doris", challenge_id, make(copy))
    assert refused.value.facts["reason"]
    assert (world.answers, stored(world)[0]) == ([], 0)
    world.hand_in("doris", challenge_id, sign(copy))


def test_a_file_that_is_too_large_is_not_even_read(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    with pytest.raises(TooLarge):
        world.hand_in("doris", challenge_id, sign(copy) + bytes(4 * 1024 * 1024))


def test_a_check_that_does_not_end_is_ended(world: World) -> None:
    world.freeze()
    challenge_id, copy = world.hand_out("doris")
    world.services = replace(world.services, checks=ChecksApart(Limits(seconds=0.01)))
    with pytest.raises(InvalidCopy) as refused:
        world.hand_in("doris", challenge_id, sign(copy))
    assert refused.value.facts["reason"] == "it took too long"


@pytest.mark.parametrize("limit", ["MAX_COPIES", "MAX_BYTES"])
def test_a_document_takes_no_more_copies_than_its_readers_do(
    world: World, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    world.freeze()
    world.sign_copy("doris", sign)
    count, size = stored(world)
    monkeypatch.setattr(by_pdf, limit, {"MAX_COPIES": count, "MAX_BYTES": size + 1000}[limit])
    with pytest.raises(TooManyCopies):
        world.sign_copy("gustav", lambda copy: sign_copy(copy, homemade("Gustav Beispiel")))
    assert [answer.statement.signatory for answer in world.answers] == ["Doris"]


def test_the_log_names_the_copy_that_was_handed_out(world: World) -> None:
    world.freeze()
    _, copy = world.hand_out("doris")
    event = world.read(audit.list_events, "erklaerung")[-1]
    assert event.facts["copy_sha256"] == digest(copy)
