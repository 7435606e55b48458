"""`check` tells; `serve` refuses to start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from server.cli.main import main
from tests.keys import NOW, write_key


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KRAFTAKT_SEAL_FILE", "KRAFTAKT_TIMESTAMP_URLS", "KRAFTAKT_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KRAFTAKT_DATA", str(tmp_path))


def test_a_fresh_service_can_seal_on_trial(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["good", "fonts"],
        ["good", "key"],
        ["warning", "authority"],
        ["warning", "archive"],
    ]


def test_an_expired_key_is_told_and_the_exit_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expired = write_key(tmp_path / "old.p12", until=NOW - timedelta(hours=1))
    monkeypatch.setenv("KRAFTAKT_SEAL_FILE", str(expired))
    assert main(["check"]) == 1
    assert "FAULT    key          Regionalbüro has expired." in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"no key", b""])
def test_an_unreadable_key_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
) -> None:
    path = tmp_path / "seal.p12"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("KRAFTAKT_SEAL_FILE", str(path))
    assert main(["check"]) == 1
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize("until", [NOW - timedelta(hours=1), NOW + timedelta(days=30)])
def test_the_server_starts_with_a_good_key_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], until: object
) -> None:
    key = write_key(tmp_path / "seal.p12", until=until)
    monkeypatch.setenv("KRAFTAKT_SEAL_FILE", str(key))
    with patch("server.cli.serve.create_server") as served:
        code = main(["serve"])
    said = capsys.readouterr().err
    if until < NOW:
        assert (code, served.call_count) == (2, 0)
        assert "Settings: Regionalbüro has expired." in said
    else:
        assert (code, served.call_count) == (0, 1)
        assert "Checking fonts, key and certificate … good." in said
