"""The same revision and sign-offs give the same bytes before the seal: later, elsewhere, again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.actions.people import accounts
from server.actions.release.final_facts import load_facts
from server.documents.reading.attachments import read_attachments
from server.domain.audit import Tag
from server.dossier.facts import FinalFacts
from server.signing.evidence.log_proof import verify_proofs
from server.storage.declarations.declarations import load_declaration
from tests.dossier.rendering_process import unsealed
from tests.signing.copies import homemade, sign_copy
from tests.world import SLUG, World


@pytest.fixture
def ready(world: World) -> World:
    world.freeze()
    world.sign_with_passkey("doris")
    world.wait(hours=1)
    world.confirm("gustav", *world.send_code("gustav"))
    return world


def test_another_process_makes_the_same_bytes(ready: World, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.dossier.rendering_process", str(tmp_path)]
    surroundings = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(program, env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout == hashlib.sha256(ready.run(unsealed(ready.services))).hexdigest()


def test_signed_copies_are_facts_as_any_other(ready: World, tmp_path: Path) -> None:
    ready.reopen()
    ready.write("Neu: ")
    ready.freeze()
    ready.sign_copy("doris", lambda copy: sign_copy(copy, homemade("Doris Beispiel")))
    test_another_process_makes_the_same_bytes(ready, tmp_path)


def test_neither_the_clock_nor_what_else_is_logged_changes_it(ready: World) -> None:
    before = ready.run(unsealed(ready.services))
    ready.wait(days=3)
    ready.run(accounts.issue_login_link(ready.services, email="anna@example.org"))
    ready.reopen()
    ready.freeze()
    assert ready.run(unsealed(ready.services)) == before


def test_the_sealed_file_begins_with_these_bytes(ready: World) -> None:
    assert ready.seal().pdf.startswith(ready.run(unsealed(ready.services)))


def test_the_date_is_that_of_the_last_sign_off(ready: World) -> None:
    async def look() -> FinalFacts:
        async with ready.services.database.read() as db:
            return await load_facts(db, await load_declaration(db, SLUG))

    last = ready.time
    ready.wait(days=3)
    assert ready.run(look()).created == last


def test_the_log_shows_nothing_but_what_the_document_proves(ready: World) -> None:
    """Neither who was invited nor who was sent a code."""
    entries = verify_proofs(read_attachments(ready.seal().pdf)["protokoll.json"]).entries
    assert [json.loads(entry)["tag"] for entry in entries] == [
        Tag.TEXT_FREEZE,
        Tag.PASSKEY_REGISTER,
        Tag.SIGN_OFF_GIVE,
        Tag.SIGN_OFF_GIVE,
    ]
