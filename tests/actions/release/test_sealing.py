"""From sign-offs to the sealed file."""

import pytest

from server.actions.release import sealing
from server.domain.errors import NotAllowed, WrongPhase
from server.domain.sign_offs.errors import NobodySigned
from server.dossier.check.document import verify_document
from tests.world import SLUG, World


def test_the_sealed_file_names_who_signed_and_how(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    challenge_id, code = world.send_code("gustav")
    world.confirm("gustav", challenge_id, code)
    document = world.seal()
    report = verify_document(document.pdf)
    assert report.holds, [f for f in report.findings if f.outcome not in ("proven", "limited")]
    assert [(s.municipality, s.level) for s in report.sign_offs] == [
        ("Lahr/Schwarzwald", "email_code"),
        ("Offenburg", "passkey"),
    ]
    assert report.digest == world.revision.digest
    assert world.phase == "sealed"


def test_sealing_twice_gives_the_same_file(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    assert world.seal() == world.seal()
    assert world.tags.count("document:final:seal") == 1


def test_only_sign_offs_of_the_current_text_are_in_it(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    world.reopen()
    world.write("Neue ")
    world.freeze()
    with pytest.raises(NobodySigned):
        world.seal()
    world.sign_with_passkey("gustav")
    assert [s.municipality for s in verify_document(world.seal().pdf).sign_offs] == ["Lahr/Schwarzwald"]


def test_nothing_is_sealed_while_people_write(world: World) -> None:
    with pytest.raises(WrongPhase):
        world.seal()


@pytest.mark.parametrize("name", ["anna", "doris", "emil"])
def test_nobody_but_the_coordination_seals(world: World, name: str) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    with pytest.raises(NotAllowed):
        world.seal(name)


def test_who_signed_gets_the_file_and_the_log_says_so(world: World) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    document = world.seal()
    doris = world.person("doris")
    got = world.run(sealing.download_final(world.services, actor=doris, slug=SLUG))
    assert got.pdf == document.pdf
    assert world.tags[-1] == "document:final:download"


def test_there_is_no_file_before_the_seal(world: World) -> None:
    world.freeze()
    with pytest.raises(WrongPhase):
        world.run(sealing.download_final(world.services, actor=world.person("doris"), slug=SLUG))
