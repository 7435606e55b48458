"""A report says which part of the pages differs, in the reader's language and in the JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli.main import main
from tests.browser_check.sealed_files import Unsealed, with_a_passkey_and_a_code
from tests.dossier.forged_pages import covered_words, forge, other_clause, tooltip_of_the_seal


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Unsealed:
    return with_a_passkey_and_a_code(tmp_path_factory.mktemp("honest") / "world")


@pytest.fixture
def other_words(honest: Unsealed, tmp_path: Path) -> Path:
    file = tmp_path / "anders.pdf"
    file.write_bytes(forge(honest, other_clause))
    return file


def test_in_german(other_words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(other_words), "--lang", "de"]) == 1
    told = capsys.readouterr().out
    assert "Die Seiten zeigen etwas anderes als den" in told
    assert "Absatz 3: Auf den Seiten steht „Zäune aus.“, im gezeichneten Text „Netze aus.“." in told
    for word in (" the ", "Block ", "instead"):
        assert word not in told


def test_in_english(other_words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(other_words), "--lang", "en"]) == 1
    assert (
        "Block 3: the pages say “Zäune aus.” where the signed text says “Netze aus.”"
        in capsys.readouterr().out
    )


def test_for_programs(other_words: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(other_words), "--json"]) == 1
    findings = {finding["check"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    (difference,) = findings["document.text"]["differences"]
    assert (difference["kind"], difference["place"], difference["printed"]) == ("words", "3", "Zäune aus.")
    assert "differences" not in findings["seal.intact"]


def test_what_is_painted_over_is_named_by_its_page(
    honest: Unsealed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "verdeckt.pdf"
    file.write_bytes(forge(honest, covered_words))
    assert main(["verify", str(file), "--lang", "de"]) == 1
    assert "Seite 1 zeigt etwas anderes, als sich aus den Anlagen ergibt." in capsys.readouterr().out


def test_what_lies_on_no_page_is_named_by_its_object(
    honest: Unsealed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "feld.pdf"
    file.write_bytes(forge(honest, tooltip_of_the_seal))
    assert main(["verify", str(file), "--lang", "de"]) == 1
    assert "Objekt " in capsys.readouterr().out
