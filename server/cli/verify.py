"""`verify FILE`: offline, without database or settings; the file is read in a process with limits."""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from server.cli.printed_report import PrintedReport
from server.domain.people.languages import Language
from server.domain.release.verification import MAX_MEGABYTES, CheckedFile, Verdict
from server.domain.sign_offs.statements import timestamp
from server.dossier.apart.checks_apart import ChecksApart
from server.signing.seal.certificates import read_pem

EXIT_CODES: Final[Mapping[Verdict, int]] = {
    Verdict.GENUINE: 0,
    Verdict.NOT_GENUINE: 1,
    Verdict.ISSUER_UNCHECKED: 2,
    Verdict.TRIAL: 3,
    Verdict.FOREIGN: 4,
    Verdict.UNREADABLE: 5,
}
"""Scripts read them: 0 is for what is genuine only."""
MISUSED: Final = 64
"""The call is wrong, so nothing is said of the file: EX_USAGE of sysexits.h. argparse would end with 2."""


def verify(options: argparse.Namespace) -> int:
    """The verdict's exit code; 5 as well where the file is not there, 64 where the roots are none."""
    try:
        trust = read_pem(Path(options.trust).read_bytes()) if options.trust else None
    except OSError as error:
        return _cannot_read(error, MISUSED)
    except ValueError:
        print(f"{options.trust} holds no PEM certificates.", file=sys.stderr)
        return MISUSED
    if options.holder and trust is None:
        print("--holder needs --trust: anybody can make a seal with any name.", file=sys.stderr)
        return MISUSED
    try:
        pdf = _read(Path(options.file))
    except OSError as error:
        return _cannot_read(error, EXIT_CODES[Verdict.UNREADABLE])
    logging.getLogger("server.dossier.apart").setLevel(logging.CRITICAL)  # the report says it
    file = CheckedFile(
        Path(options.file).name, len(pdf), hashlib.sha256(pdf).hexdigest(), timestamp(datetime.now(UTC))
    )
    report = asyncio.run(ChecksApart().verify(pdf, trust, None))
    if options.holder:
        report = report.expecting(options.holder)
    if options.json:
        print(json.dumps(report.to_json(file), ensure_ascii=False, indent=1))
    else:
        print(PrintedReport(options.lang or spoken(os.environ)).render(report, file))
    return EXIT_CODES[report.verdict]


def _cannot_read(error: OSError, code: int) -> int:
    print(f"Cannot read {error.filename}: {error.strerror}", file=sys.stderr)
    return code


def _read(path: Path) -> bytes:
    """One byte more than can be checked is enough to say so; a device may never end."""
    with path.open("rb") as file:
        return file.read(MAX_MEGABYTES * 1024 * 1024 + 1)


def spoken(environment: Mapping[str, str]) -> Language:
    """POSIX: the first of the three that is set decides (XBD 8.2)."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "de" if locale.split("_")[0].split(".")[0].lower() in ("de", "german", "deutsch") else "en"
