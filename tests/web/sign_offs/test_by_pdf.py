"""Signing with a card of one's own: the copy, how to sign it, and what the check says of what comes back."""

from __future__ import annotations

import pytest

from server.actions.declarations.start import Invitee
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.statements import Level
from tests.actions.sign_offs.people import with_people
from tests.signing.copies import homemade, sign_copy
from tests.web.site import HOME, Page, Site, Visitor, answered
from tests.world import OFFENBURG

SIGN = f"{HOME}/sign"


@pytest.fixture
def doris(site: Site) -> Visitor:
    site.world.freeze()
    return site.visitor("doris")


def begin(doris: Visitor, answer: str = "signs", **more: str) -> str:
    """The page of the copy that was handed out."""
    fields = answered(doris.open(SIGN).hidden_fields, answer, **more)
    found = doris.send(f"{SIGN}/copy", **fields)
    assert found.status == 303, found.text
    assert doris.open(found.location).status == 200
    return found.location


def document(doris: Visitor, page: str) -> bytes:
    response = doris.site.world.run(doris._client.get(f"{page}/copy.pdf"))
    assert response.headers["content-disposition"].startswith("attachment")
    return response.content


def hand_in(doris: Visitor, page: str, signed: bytes) -> Page:
    return doris.send(page, {"signed": ("copy.pdf", signed, "application/pdf")})


def test_the_way_from_the_copy_to_the_signed_page(site: Site, doris: Visitor) -> None:
    page = begin(doris, "signs_with_statement", statement="Mit Nachdruck.")
    shown = doris.open(page)
    assert "Mit Nachdruck." in shown.text
    assert shown.main_buttons == ["Einreichen und zeichnen"]
    done = hand_in(doris, page, sign_copy(document(doris, page), homemade("Doris Beispiel")))
    assert done.status == 303
    assert "eigene elektronische Signatur" in doris.open(done.location).text
    assert [s.level for s in site.world.answers] == [Level.PDF_SIGNATURE]
    assert doris.open(page).location == SIGN


def test_nobody_else_has_the_copy(site: Site, doris: Visitor) -> None:
    page = begin(doris)
    for path in (page, f"{page}/copy.pdf"):
        assert site.visitor("gustav").open(path).location == SIGN
        assert site.visitor("anna").open(path).status == 403


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("foreign", "Gustav Beispiel"),
        ("unsigned", "keine Signatur"),
        ("other", "nicht das Exemplar"),
        ("altered", "Signatur"),
        ("none", "wählen Sie die signierte Datei"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(site: Site, doris: Visitor, damage: str, sentence: str) -> None:
    page = begin(doris)
    base = document(doris, page)
    signed = sign_copy(base, homemade("Doris Beispiel"))
    files = {
        "foreign": sign_copy(base, homemade("Gustav Beispiel")),
        "unsigned": base,
        "other": b"%PDF-1.7\n" + signed,
        "altered": signed[:-400] + bytes(100) + signed[-300:],
        "none": b"",
    }
    found = hand_in(doris, page, files[damage])
    assert found.status == 422
    assert sentence in found.text
    assert site.world.answers == []


def test_too_many_words_keep_what_was_typed(doris: Visitor) -> None:
    fields = answered(doris.open(SIGN).hidden_fields, "signs_with_statement", statement="a" * 1501)
    found = doris.send(f"{SIGN}/copy", **fields)
    assert found.status == 422
    assert "a" * 1501 in found.source


def test_joint_employees_are_told_why_not(site: Site) -> None:
    one = Invitee("ida@example.org", "Ida", Role.SIGNATORY, OFFENBURG, "Amtsleiterin", MandateKind.JOINT)
    with_people(site.world, one)
    site.world.freeze()
    ida = site.visitor("ida")
    page = ida.open(SIGN)
    assert "je Kommune ein Unterschriftsexemplar" in page.text
    assert f"{SIGN}/copy" not in page.source
    refused = ida.send(f"{SIGN}/copy", **answered(page.hidden_fields))
    assert refused.status == 409
    assert "mit einem Passkey oder mit einem Code" in refused.text
