"""`verify` runs where there is no database and no service: whoever keeps a file can check it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from server.cli import main
from server.cli.deferred import Deferred
from tests.world import World

PROGRAM = """
import sys
from server.cli.main import main
code = main(["verify", sys.argv[1]])
server = ("server.actions", "server.web", "server.storage", "server.sync")
unwanted = (*server, "sqlalchemy", "starlette", "pycrdt")
found = sorted(name for name in sys.modules if name.startswith(unwanted))
sys.exit(f"imported: {found}" if found else code)
"""


def test_a_sealed_file_is_checked_with_documents_and_signing_alone(world: World, tmp_path: Path) -> None:
    world.freeze()
    world.sign_with_passkey("doris")
    alone = tmp_path / "alone"
    alone.mkdir()
    file = alone / "erklaerung.pdf"
    file.write_bytes(world.seal().pdf)
    program = [sys.executable, "-c", PROGRAM, str(file)]
    done = subprocess.run(
        program, env={"KRAFTAKT_DATA": str(alone)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith("ONLY A TRIAL\n")
    assert list(alone.iterdir()) == [file]


@pytest.mark.parametrize("command", [value for value in vars(main).values() if isinstance(value, Deferred)])
def test_every_command_is_there(command: Deferred) -> None:
    assert callable(command.load())
