"""The text as a PDF before the seal."""

from __future__ import annotations

import io

import pikepdf
import pytest

from server.actions.release.draft import draft_document
from server.documents.reading.read_back import read_text
from server.domain.errors import NotFound, WrongPhase
from server.dossier.check.document import verify_document
from tests.documents.document_conformance import faults
from tests.world import SLUG, World


def draft(world: World, name: str = "anna") -> bytes:
    return world.run(draft_document(world.services, actor=world.person(name), slug=SLUG))


def said(pdf: bytes) -> str:
    return "\n".join(block.text for block in read_text(pdf))


def test_a_draft_conforms_and_says_that_it_is_one(world: World) -> None:
    world.freeze()
    pdf = draft(world)
    assert faults(pdf) == []
    assert "Entwurf:" in said(pdf)
    assert "Wir bauen Netze aus." in said(pdf)
    assert "Echtheit" not in said(pdf)


def test_a_draft_has_nothing_that_could_be_signed_or_taken_for_a_seal(world: World) -> None:
    world.freeze()
    pdf = draft(world)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/AcroForm" not in opened.Root
        assert "/AF" not in opened.Root
    assert not verify_document(pdf).holds


def test_a_draft_names_who_has_signed_so_far(world: World) -> None:
    world.freeze()
    assert "Doris" not in said(draft(world))
    world.sign_with_passkey("doris")
    assert "Doris" in said(draft(world, "doris"))
    world.reopen()
    world.write("Neue ")
    world.freeze()
    assert "Doris" not in said(draft(world))


def test_the_same_draft_is_the_same_bytes(world: World) -> None:
    world.freeze()
    first = draft(world)
    world.wait(days=1)
    assert draft(world) == first


def test_there_is_no_draft_before_a_text_was_fixed(world: World) -> None:
    with pytest.raises(NotFound):
        draft(world)


def test_the_press_office_gets_no_draft(world: World) -> None:
    world.freeze()
    with pytest.raises(WrongPhase):
        draft(world, "emil")
