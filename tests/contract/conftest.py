"""Runs the client's own code in Node."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CLIENT = Path(__file__).parents[2] / "client"
Node = Callable[..., list[str]]


@pytest.fixture(scope="session")
def node() -> Node:
    """`node(name, *arguments, lines=…)`: the lines that `client/test/NAME.ts` writes."""

    def run(name: str, *arguments: str, lines: list[str] | None = None) -> list[str]:
        command = [CLIENT / "node.sh", "node", CLIENT / "test" / "run.mjs", name, *arguments]
        given = "".join(f"{line}\n" for line in lines or [])
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.split("\n")[:-1]

    return run
