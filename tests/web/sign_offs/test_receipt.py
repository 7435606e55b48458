"""What was signed as a file: for who signed it and those who sign for the municipality."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from server.domain.canonical import digest as sha256
from server.domain.sign_offs.answers import Answer
from server.dossier.attachment_names import TEXT_NAME
from server.signing.evidence.bundle import sign_off_digest
from tests.documents.document_conformance import faults
from tests.web.site import HOME, Site

SIGN = f"{HOME}/sign"


def download(site: Site, name: str = "doris", answer: int = 1) -> bytes:
    visitor = site.visitor(name)
    response = site.world.run(visitor._client.get(f"{SIGN}/receipt/{answer}.pdf"))
    assert response.status_code == 200, response.text
    assert response.headers["content-disposition"] == 'attachment; filename="erklaerung-beleg-08317096.pdf"'
    return bytes(response.content)


def words(pdf: bytes, folder: Path) -> str:
    (folder / "receipt.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", folder / "receipt.pdf", "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def answered(site: Site) -> Site:
    site.world.freeze()
    site.world.answer("doris", Answer.SIGNS_WITH_STATEMENT, "Mit Nachdruck.")
    return site


def test_it_says_what_was_signed_how_and_when_and_with_which_digests(answered: Site, tmp_path: Path) -> None:
    assert f"{SIGN}/receipt/1.pdf" in answered.visitor("doris").open(SIGN).links
    pdf, given = download(answered), answered.world.answers[0]
    assert faults(pdf) == []
    said = words(pdf, tmp_path)
    shown = ("Beleg der Mitzeichnung", "Ich zeichne die Erklärung.", "Mit Nachdruck.", "E-Mail-Code", "Doris")
    assert [part for part in shown if part not in said] == []
    close = said.replace(" ", "")
    digests = (
        answered.world.revision.digest,
        sha256(given.statement_bytes),
        sign_off_digest(given.statement_bytes, given.level, given.evidence),
    )
    assert [d for d in digests if d not in close] == []


def test_text_and_statement_are_attached_as_they_were_confirmed(answered: Site) -> None:
    with pikepdf.open(io.BytesIO(download(answered))) as pdf:
        attached = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert attached == {
        TEXT_NAME: answered.world.revision.content,
        "aussage.json": answered.world.answers[0].statement_bytes,
    }


def test_it_says_that_an_answer_was_taken_back(answered: Site, tmp_path: Path) -> None:
    assert "zählt nicht mehr" not in words(download(answered), tmp_path)
    answered.world.withdraw("doris")
    assert "zählt nicht mehr" in words(download(answered), tmp_path)


def test_nobody_else_has_it(answered: Site) -> None:
    names = "gustav clara anna emil frank nobody"
    assert answered.statuses(f"{SIGN}/receipt/1.pdf", names) == {
        "gustav": 404,
        "clara": 403,
        "anna": 403,
        "emil": 403,
        "frank": 404,
        "nobody": 303,
    }
    assert answered.statuses(f"{SIGN}/receipt/2.pdf", "doris") == {"doris": 404}


def test_the_page_says_what_comes_next_and_until_when_one_can_change(answered: Site) -> None:
    page = answered.visitor("doris").open(SIGN).text
    assert "Wie es weitergeht Eine von 2 Kommunen hat gezeichnet." in page
    assert "Bis zur Ausfertigung können Sie anders antworten." in page
    answered.world.seal()
    assert "Die Erklärung ist ausgefertigt." in answered.visitor("doris").open(SIGN).text
