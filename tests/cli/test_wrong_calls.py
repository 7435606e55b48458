"""A call that cannot work says in a sentence what is wrong, without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.cli.main import main
from server.cli.migrate import upgrade
from server.settings import read_settings


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KRAFTAKT_DATA", str(tmp_path))
    return tmp_path


def test_a_link_for_an_unknown_address_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    upgrade(read_settings().database)
    assert main(["login-link", "frank@example.org"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert (
        told.err == "Nobody with the address frank@example.org has been invited. Please check the spelling.\n"
    )


def test_a_data_folder_that_cannot_be_made_is_a_wrong_setting(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "file").write_text("")
    monkeypatch.setenv("KRAFTAKT_DATA", str(data / "file" / "below"))
    assert main(["login-link", "anna@example.org"]) == 2
    assert "KRAFTAKT_DATA" in capsys.readouterr().err


@pytest.mark.parametrize("call", [["sign"], ["help", "sign"], ["sign", "--help"]])
def test_an_unknown_command_says_where_the_known_ones_are(
    call: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(call) == 2
    assert capsys.readouterr().err == "There is no command sign. `python -m server help` lists all.\n"
