"""What is installed is what was looked at: each component by version and digest, from the usual places."""

from __future__ import annotations

import json
import re

from tests.project.pages import ROOT, read


def test_every_component_is_named_by_version_and_digest() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        wanted = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", read(name), flags=re.M).strip())
        loose = [part for part in wanted if not re.match(r"[\w.\[\]-]+==\S+.*--hash=sha256:", part, re.S)]
        assert loose == []
        assert len(wanted) > 20
    packages = json.loads((ROOT / "client" / "package-lock.json").read_text("utf-8"))["packages"]
    others = {name: entry for name, entry in packages.items() if name}
    assert len(others) > 20
    assert [name for name, entry in others.items() if not entry["integrity"].startswith("sha512-")] == []
