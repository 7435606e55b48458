"""Both verifiers look for the same files."""

from __future__ import annotations

import re
from pathlib import Path

from server.dossier import attachment_names

TYPESCRIPT = Path(__file__).parents[2] / "client" / "src" / "verify" / "attachment-names.ts"


def test_the_browser_looks_for_the_names_that_the_server_gives() -> None:
    named = dict(re.findall(r'export const (\w+) = "(.+)"', TYPESCRIPT.read_text(encoding="utf-8")))
    given = {name: value for name, value in vars(attachment_names).items() if name.endswith("_NAME")}
    assert len(named) > 5
    assert named.items() <= given.items()
