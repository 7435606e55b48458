"""The security page names tests that are there, and a reason where a requirement is not met."""

from __future__ import annotations

import ast
import re

from tests.project.pages import ROOT, read, rows, section

TABLE = rows(section(read("SECURITY.md"), "OWASP ASVS 4.0.3, level 2"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)` `(test_\w+)`")


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_named_test_is_there() -> None:
    named = [found for row in TABLE for found in NAMED.findall(row[3])]
    assert len(named) > 25
    assert [(path, name) for path, name in named if name not in names_in(path)] == []


def test_what_is_met_names_a_test_and_what_is_not_a_reason() -> None:
    for number, _, state, where in TABLE:
        assert state in ("met", "partly", "not met"), number
        assert bool(NAMED.search(where)) is (state != "not met"), number
        if state != "met":
            assert re.search(r"page|checks", NAMED.sub("", where)), number


def test_every_point_of_the_review_has_its_row() -> None:
    numbers = {row[0] for row in TABLE}
    review = "2.2.1 2.2.3 2.7.2 3.3.2 3.3.3 3.3.4 3.7.1 5.1.3 7.1.3 11.1.4 12.1.1 13.2.5 3.4.1–3.4.4"
    assert set(review.split()) <= numbers
