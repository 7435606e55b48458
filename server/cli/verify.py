"""`verify FILE`: offline, without database or settings."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from server.domain.verification import Outcome, VerificationReport
from server.dossier.check.document import verify_document
from server.signing.seal.certificates import read_pem

_SIGNS: Final = {
    Outcome.PROVEN: "proven ",
    Outcome.LIMITED: "limited",
    Outcome.BROKEN: "BROKEN ",
    Outcome.MISSING: "MISSING",
}


def verify(options: argparse.Namespace) -> int:
    """0 when everything holds, 1 when something does not, 2 when the file can't be read."""
    try:
        pdf = Path(options.file).read_bytes()
        trust = read_pem(Path(options.trust).read_bytes()) if options.trust else None
    except OSError as error:
        print(f"Cannot read {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except ValueError:
        print(f"{options.trust} holds no PEM certificates.", file=sys.stderr)
        return 2
    report = verify_document(pdf, trust)
    if options.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        _print(report)
    return 0 if report.genuine else 1


def _print(report: VerificationReport) -> None:
    if report.title:
        print(f"{report.title}\nRevision {report.revision}, SHA-256 {report.digest}\n")
    for line in report.sign_offs:
        print(
            f"  {line.municipality}: {line.signatory}, {line.title} ({line.answer}, {line.level}, {line.at})"
        )
    print()
    for finding in report.findings:
        subject = f" [{finding.subject}]" if finding.subject else ""
        print(f"{_SIGNS[finding.outcome]}  {finding.check}{subject}: {finding.detail}")
    print("\nGenuine." if report.genuine else "\nNOT GENUINE: see the lines marked BROKEN or MISSING.")
