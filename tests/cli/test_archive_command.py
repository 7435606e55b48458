"""`archive SLUG OUT` writes the package into a new folder, and into no other."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest

from server.cli.main import main
from tests.world import SLUG, World


def test_a_sealed_declaration_is_written_and_nothing_is_overwritten(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KRAFTAKT_DATA", str(world.settings.data))
    monkeypatch.setenv("KRAFTAKT_DATABASE", world.settings.database)
    monkeypatch.setenv("KRAFTAKT_XDOMEA", "3.0.0")
    out = tmp_path / "akte"
    assert main(["archive", SLUG, str(out)]) == 1
    assert "Not possible" in capsys.readouterr().err
    world.freeze()
    world.sign_with_passkey("doris")
    world.sign_with_passkey("gustav")
    world.seal()
    assert main(["archive", SLUG, str(out), "--reader", "Stadt Lahr"]) == 0
    named = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert f"{SLUG}-bag" in [path.name for path in named]
    assert any(path.name.endswith("_Information.Information.0101.zip") for path in named)
    assert bagit.Bag(str(out / f"{SLUG}-bag")).is_valid()
    assert main(["archive", SLUG, str(out)]) == 1
    assert "is not empty" in capsys.readouterr().err
