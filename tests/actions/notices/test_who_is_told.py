"""Every decisive act tells those whom it concerns, and only them."""

from __future__ import annotations

from tests.world import World


def told(world: World, after: int = 0) -> set[tuple[str, str]]:
    return {(mail.recipient.partition("@")[0], mail.subject) for mail in world.letters[after:]}


def test_fixing_the_text_tells_the_offices_and_asks_the_signatories(world: World) -> None:
    world.freeze()
    assert told(world) == {
        ("doris", "Mitzeichnung: „Erklärung“, Fassung 1"),
        ("gustav", "Mitzeichnung: „Erklärung“, Fassung 1"),
        ("anna", "„Erklärung“: Fassung 1 ist festgelegt"),
    }


def test_opening_it_again_tells_those_who_had_signed(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    before = len(world.letters)
    world.reopen()
    assert told(world, before) == {("doris", "„Erklärung“ wird noch einmal geändert")}
    assert "Ihre Mitzeichnung der Fassung 1 bleibt dokumentiert." in world.letters[-1].body


def test_opening_it_again_tells_nobody_who_signed_only_an_earlier_text(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    world.reopen()
    world.write("Neue ")
    world.freeze()
    world.sign_with_passkey("gustav")
    before = len(world.letters)
    world.reopen()
    assert {who for who, _ in told(world, before)} == {"gustav"}


def test_the_seal_is_told_to_mayors_offices_and_press(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    before = len(world.letters)
    world.seal()
    assert told(world, before) == {
        (name, "„Erklärung“ ist ausgefertigt") for name in ("anna", "doris", "gustav", "emil")
    }
