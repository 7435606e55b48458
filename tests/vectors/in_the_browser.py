"""What the browser's verifier says of files, and what of it has to be the server's word."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = frozenset({"document.pages", "document.text", "document.signatories", "document.copies"})
"""The browser does not read the pages, so of them it can only say less."""
FACTS: Final = ("title", "revision", "digest", "seal", "sign_offs")


def ask_browser(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """By the files that `vectors.json` in the folder lists; one process for all of them."""
    run = ("client/node.sh", "node", "client/test/run.mjs", "verify-folder", str(folder))
    done = subprocess.run(run, cwd=ROOT, capture_output=True, check=True, text=True)
    found: Mapping[str, Mapping[str, Any]] = json.loads(done.stdout)
    return found


def comparable(report: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Findings without those about pages, and facts. Why something cannot be read is told in each language's
    own words; what holds is told in the same ones."""
    findings = [_line(finding) for finding in report["findings"] if finding["check"] not in PAGES]
    return findings, {name: report[name] for name in FACTS}


def _line(finding: Mapping[str, str]) -> str:
    told = finding["detail"] if finding["outcome"] in ("proven", "limited") else ""
    return " ".join((finding["outcome"], finding["check"], finding["subject"], told)).strip()


def broken_but_for_pages(findings: Sequence[Mapping[str, str]]) -> bool:
    return any(f["outcome"] in ("broken", "missing") and f["check"] not in PAGES for f in findings)
