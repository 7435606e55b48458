"""The verifier in the browser knows every answer, kind and level that the server writes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level

EVIDENCE = Path(__file__).parents[2] / "client" / "src" / "verify" / "evidence"


@pytest.mark.parametrize(
    ("file", "name", "union"),
    [
        ("statement.ts", "ANSWERS", Answer),
        ("statement.ts", "KINDS", MunicipalityKind),
        ("statement.ts", "CAPACITIES", MandateKind),
        ("bundle.ts", "LEVELS", Level),
    ],
)
def test_the_browser_lists_the_same_members(file: str, name: str, union: type[StrEnum]) -> None:
    listed = re.search(rf"const {name} = \[(.*?)\]", (EVIDENCE / file).read_text("utf-8"), re.S)
    assert listed is not None
    assert re.findall(r'"(\w+)"', listed[1]) == [member.value for member in union]
