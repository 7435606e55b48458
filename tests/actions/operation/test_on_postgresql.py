"""The whole way once on PostgreSQL, whatever database the other tests use."""

from __future__ import annotations

from server.actions.release import sealing
from server.dossier.check.document import verify_document
from tests.signing.copies import homemade, sign_copy
from tests.world import SLUG, World


def test_from_the_frozen_text_to_the_sealed_file(on_postgres: World) -> None:
    world = on_postgres
    world.freeze()
    world.reopen()
    world.write("Gemeinsam: ")
    assert world.freeze().number == 2
    world.sign_with_passkey("doris")
    challenge_id, code = world.send_code("gustav")
    world.confirm("gustav", challenge_id, code)
    document = world.run(
        sealing.seal_declaration(
            world.services, actor=world.person("clara"), slug=SLUG, proven_at=world.services.now()
        )
    )
    report = verify_document(document.pdf)
    assert report.holds
    assert len(report.sign_offs) == 2
    assert world.phase == "sealed"


def test_a_signed_copy_is_kept_as_it_came(on_postgres: World) -> None:
    world = on_postgres
    world.freeze()
    world.sign_copy("doris", lambda copy: sign_copy(copy, homemade("Doris Beispiel")))
    assert verify_document(world.seal().pdf).holds
