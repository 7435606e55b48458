"""`help` lists the commands, and `help COMMAND` what one takes."""

from __future__ import annotations

import pytest

from server.cli.main import create_parser, main

COMMANDS = create_parser()[1]


@pytest.mark.parametrize("call", [["help"], []])
def test_help_lists_every_command(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ")}
    assert listed >= set(COMMANDS)


def test_help_says_the_same_as_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    told = capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out == told


@pytest.mark.parametrize("name", COMMANDS)
def test_help_tells_what_a_command_takes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", name]) == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m server {name} ")
