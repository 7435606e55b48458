"""Do the pages of signed copies show what was signed?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from server.documents.reading.bounds import ensure_bounded_trees
from server.documents.reading.read_back import compare_with_content
from server.documents.signing_copy import declared
from server.documents.wording import DECLARED
from server.domain.release.differences import Difference
from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level, parse_statement
from server.domain.text.content import parse_content
from server.signing.checks import Check, differs, proven, unreadable


def check_copies(attached: Mapping[str, bytes], package: bytes, text: bytes) -> list[Finding]:
    """`package` is `nachweise.json`, `text` is `erklaerung.json`. Nothing is said where nobody signed a copy.
    Never raises for what is in the file."""
    try:
        sign_offs = json.loads(package)["sign_offs"]
        signed = [item for item in sign_offs if item["level"] == Level.PDF_SIGNATURE]
        differences = [said for item in signed for said in _differences(item, attached, text)]
    except Exception as error:  # a stranger's bytes: every fault means the same
        return [unreadable(Check.DOCUMENT_COPIES, f"A signed copy cannot be read ({type(error).__name__}).")]
    return [_shown(differences)] if signed else []


def _differences(item: Mapping[str, Any], attached: Mapping[str, bytes], text: bytes) -> Sequence[Difference]:
    """Any: JSON of a stranger. That signing changed no page is checked with the signature."""
    evidence, statement = item["evidence"], parse_statement(json.loads(item["statement"]))
    pdf = attached[evidence["name"]][: evidence["base_length"]]
    ensure_bounded_trees(pdf)
    return [
        *compare_with_content(pdf, parse_content(text)),
        *compare_with_content(pdf, declared(statement), DECLARED),
    ]


def _shown(differences: Sequence[Difference]) -> Finding:
    if differences:
        return differs(Check.DOCUMENT_COPIES, "A signed copy shows something else", differences)
    return proven(
        Check.DOCUMENT_COPIES, "The pages of the signed copies show this text and what was declared about it."
    )
