"""Are the names on the pages those of the evidence?"""

from __future__ import annotations

import json

from server.documents.model import SignatoryLine
from server.documents.reading.compare_signatories import compare_with_signatories
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level, parse_statement
from server.dossier.signatory_lines import signatory_line
from server.signing.checks import Check, differs, proven, unreadable


def check_signatories(pdf: bytes, package: bytes) -> Finding:
    """`package` is `nachweise.json`. Never raises for what is in the file."""
    try:
        lines = [_line(item["statement"], item["level"]) for item in json.loads(package)["sign_offs"]]
        differences = compare_with_signatories(pdf, lines)
    except Exception as error:  # a stranger's bytes: every fault means the same
        detail = f"The signatories cannot be read ({type(error).__name__})."
        return unreadable(Check.DOCUMENT_SIGNATORIES, detail)
    if differences:
        what = "The pages name other signatories than the evidence"
        return differs(Check.DOCUMENT_SIGNATORIES, what, differences)
    return proven(
        Check.DOCUMENT_SIGNATORIES, "The pages show exactly those who signed, as the evidence names them."
    )


def _line(text: str, level: str) -> SignatoryLine:
    return signatory_line(parse_statement(json.loads(text)), Level(level))
