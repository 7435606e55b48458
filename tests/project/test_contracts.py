"""What other programs rely on: the Procfile's processes, and what the command line answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.waiting import HANG, until_well
from tests.zygote import zygote

ROOT = Path(__file__).parents[2]
PROCESSES = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KRAFTAKT_")}
    return kept | {"KRAFTAKT_DATA": str(data), "PORT": str(port)}


def test_the_procfile_migrates_and_then_serves_on_the_port_it_is_given(tmp_path: Path) -> None:
    """As it is written, by a shell, with the environment that `make setup` makes."""
    port = free_port()
    environ = environment(tmp_path, port) | {"PATH": "/usr/bin:/bin"}
    subprocess.run(PROCESSES["release"], shell=True, cwd=ROOT, env=environ, check=True, capture_output=True)
    with subprocess.Popen(
        f"exec env {PROCESSES['web']}", shell=True, cwd=ROOT, env=environ, stderr=subprocess.PIPE
    ) as web:
        try:
            assert until_well(f"http://127.0.0.1:{port}", web)
        finally:
            web.terminate()
            assert web.wait(HANG) in (0, -15)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "eighty"}, "port must be a number"),
        ({"KRAFTAKT_SECRET": "short"}, "at least 32 characters"),
        ({"KRAFTAKT_BASE_URL": "http://kraftakt.example.org"}, "needs https"),
        ({"KRAFTAKT_DEMO": "1", "KRAFTAKT_HOST": "0.0.0.0"}, "127.0.0.1 only"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_to_write_instead(
    tmp_path: Path, environ: dict[str, str], sentence: str
) -> None:
    done = zygote().run(["migrate"], environment(tmp_path, 8000) | environ)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_a_file_that_is_not_there_and_one_that_is_no_pdf_are_told_apart_in_words(tmp_path: Path) -> None:
    """Of neither anything is known, so the exit code is the same."""
    (tmp_path / "letter.pdf").write_text("Sehr geehrte Damen und Herren")
    letter, nowhere = (
        subprocess.run(
            [sys.executable, "-m", "server", "verify", str(tmp_path / name), "--lang", "en"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        for name in ("letter.pdf", "nowhere.pdf")
    )
    assert (letter.returncode, nowhere.returncode) == (5, 5)
    assert "[file.not_pdf]" in letter.stdout
    assert (nowhere.stdout, "Cannot read" in nowhere.stderr) == ("", True)
