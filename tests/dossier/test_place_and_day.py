"""Where and when a declaration is given: printed above those who sign it, and proved like all the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from server.documents.reading.read_back import read_text
from server.documents.wording import CLOSING, SIGNATORIES
from server.domain.release.verification import Finding, Outcome
from server.dossier.assembly import render_unsealed, source_of
from server.dossier.check.document import verify_document
from server.dossier.edition import edition_of
from server.dossier.imprint import Imprint, parse_imprint
from tests.browser_check.sealed_files import Unsealed, a_world, facts_of
from tests.dossier.forged_pages import forge
from tests.signing.authenticator import EDDSA

SAID = "Offenburg, den 18.\u00a0Juni 2027"
DAY = date(2027, 6, 18)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Unsealed, bytes]:
    """The document before its seal, and its HTML edition."""
    with a_world(tmp_path_factory.mktemp("given") / "world") as world:
        world.freeze()
        for name in ("doris", "gustav"):
            world.authenticator(name, EDDSA)
            world.sign_with_passkey(name)
        facts, log = facts_of(world)
        facts = replace(facts, declaration=replace(facts.declaration, place="Offenburg", day=DAY))
        html = edition_of(source_of(world.services, facts, log))
        return Unsealed(render_unsealed(world.services, facts, log), world.services.sealer), html


def pages(file: Unsealed, pdf: bytes) -> Finding:
    report = verify_document(pdf, file.sealer.roots)
    return next(finding for finding in report.findings if finding.check == "document.pages")


def test_both_stand_between_the_text_and_those_who_sign(given: tuple[Unsealed, bytes]) -> None:
    blocks = read_text(given[0].pdf)
    assert next(block.text for block in blocks if block.section == CLOSING) == SAID
    sections = [block.section for block in blocks]
    assert sections.index(CLOSING) < sections.index(SIGNATORIES)
    assert SAID in given[1].decode()


def test_they_lie_in_an_attachment_and_are_proven_with_the_pages(given: tuple[Unsealed, bytes]) -> None:
    imprint = parse_imprint(given[0].attachment("dokument.json"))
    assert (imprint.place, imprint.day) == ("Offenburg", DAY)
    assert pages(given[0], given[0].seal()).outcome is Outcome.PROVEN


@pytest.mark.parametrize(("old", "new"), [(b"Offenburg", b"Lahr"), (b"2027-06-18", b"2027-06-19")])
def test_another_place_or_day_in_the_attachment_is_found(
    given: tuple[Unsealed, bytes], old: bytes, new: bytes
) -> None:
    file, _ = given
    imprint = file.attachment("dokument.json").replace(old, new)
    assert pages(file, file.forge({"dokument.json": imprint})).outcome is Outcome.BROKEN
    other = re.sub(rb'"renderer":\d+', b'"renderer":9', imprint)
    found = pages(file, file.forge({"dokument.json": other}))
    assert found.outcome is Outcome.BROKEN
    assert "another place, day or closing formula" in found.detail


def test_a_page_of_another_version_that_says_them_is_read(given: tuple[Unsealed, bytes]) -> None:
    file, _ = given
    imprint = re.sub(rb'"renderer":\d+', b'"renderer":9', file.attachment("dokument.json"))
    assert pages(file, file.forge({"dokument.json": imprint})).outcome is Outcome.LIMITED


def test_another_day_on_the_page_is_found(given: tuple[Unsealed, bytes]) -> None:
    """„18. Juni“ becomes „81. Juni“ in the closing; the number stands in front of a no-break space."""
    file, _ = given

    def swap(pdf: object) -> None:
        for page in pdf.pages:  # type: ignore[attr-defined]  # pikepdf's Pdf
            text = page.obj.Contents.read_bytes()
            found = list(re.finditer(rb"(\w\w)(\w\w)(\w\w)>\] TJ /Span <</ActualText <feff00a0>>>", text))
            *_, last = [None, *found]
            if last is not None:
                swapped = last[2] + last[1]
                page.obj.Contents.write(text[: last.start()] + swapped + text[last.end(2) :])

    assert pages(file, forge(file, swap)).outcome is Outcome.BROKEN


def test_the_attachment_leaves_out_what_is_not_known() -> None:
    plain = Imprint("Region", "https://x.example")
    assert b"place" not in plain.canonical()
    assert b"day" not in plain.canonical()
    for imprint in (plain, replace(plain, place="Lahr"), replace(plain, day=DAY)):
        assert parse_imprint(imprint.canonical()) == imprint


@pytest.mark.parametrize(
    "extra", [b'"place":""', b'"place":7', b'"day":"18.06.2027"', b'"day":20270618', b'"day":"20270618"']
)
def test_another_way_to_say_them_is_refused(extra: bytes) -> None:
    name = extra.split(b":")[0]
    full = replace(Imprint("Region", "https://x.example"), place="Lahr", day=DAY).canonical()
    data = re.sub(re.escape(name) + rb':"[^"]*"', extra.replace(b"\\", b""), full)
    assert data != full
    with pytest.raises(ValueError, match=r"imprint|isoformat"):
        parse_imprint(data)
