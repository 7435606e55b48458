"""The security page names tests that are there, and a reason where a requirement is not met."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.project.pages import ROOT, read, rows, section

TABLE = rows(section(read("SECURITY.md"), "OWASP ASVS 4.0.3, level 2"))
NAMED = re.compile(r"`(tests/[\w/]+\.py)` `(test_\w+)`")


LEVEL_2 = """
1.1: 1-7, 1.2: 1-4, 1.4: 1 4 5, 1.5: 1-4, 1.6: 1-4, 1.7: 1-2, 1.8: 1-2, 1.9: 1-2, 1.10: 1, 1.11: 1-2,
1.12: 2, 1.14: 1-6, 2.1: 1-12, 2.2: 1-3, 2.3: 1-3, 2.4: 1-5, 2.5: 1-7, 2.6: 1-3, 2.7: 1-6, 2.8: 1-7,
2.9: 1-3, 2.10: 1-4, 3.1: 1, 3.2: 1-4, 3.3: 1-4, 3.4: 1-5, 3.5: 1-3, 3.7: 1, 4.1: 1-3 5, 4.2: 1-2,
4.3: 1-3, 5.1: 1-5, 5.2: 1-8, 5.3: 1-10, 5.4: 1-3, 5.5: 1-4, 6.1: 1-3, 6.2: 1-6, 6.3: 1-2, 6.4: 1-2,
7.1: 1-4, 7.2: 1-2, 7.3: 1 3 4, 7.4: 1-3, 8.1: 1-4, 8.2: 1-3, 8.3: 1-8, 9.1: 1-3, 9.2: 1-4,
10.2: 1-2, 10.3: 1-3, 11.1: 1-8, 12.1: 1-3, 12.2: 1, 12.3: 1-6, 12.4: 1-2, 12.5: 1-2, 12.6: 1,
13.1: 1 3-5, 13.2: 1-3 5 6, 13.3: 1-2, 13.4: 1-2, 14.1: 1-4, 14.2: 1-6, 14.3: 2-3, 14.4: 1-7,
14.5: 1-4
"""
"""Section → numbers of its requirements at levels 1 and 2, in version 4.0.3."""


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_named_test_is_there() -> None:
    named = [found for row in TABLE for found in NAMED.findall(row[3])]
    assert len(named) > 25
    assert [(path, name) for path, name in named if name not in names_in(path)] == []


def numbers_in(words: str) -> Iterator[str]:
    """`3.4.1–3.4.4` names four."""
    for first, last in re.findall(r"\b(\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))?", words):
        chapter, _, start = first.rpartition(".")
        end = int(last.rpartition(".")[2]) if last else int(start)
        yield from (f"{chapter}.{number}" for number in range(int(start), end + 1))


def test_what_is_met_names_a_test_and_what_is_not_a_reason() -> None:
    for number, _, state, where in TABLE:
        assert state in ("met", "partly", "not met"), number
        assert bool(NAMED.search(where)) is (state != "not met"), number
        if state != "met":
            assert len(NAMED.sub("", where).split()) >= 8, number


def test_every_requirement_of_levels_one_and_two_has_its_row() -> None:
    """Or is named as one that nothing here could meet or miss."""
    page = section(read("SECURITY.md"), "OWASP ASVS 4.0.3, level 2")
    aside = set(numbers_in(page[page.index("Nothing here to be applied to") :]))
    rows_of = {number for row in TABLE for number in numbers_in(row[0])}
    parts = (part.split(":") for part in LEVEL_2.split(","))
    wanted = {f"{part.strip()}.{number}" for part, numbers in parts for number in spread(numbers)}
    assert wanted - rows_of - aside == set()
    assert (rows_of | aside) - wanted == set()
    assert rows_of & aside == set()


def spread(numbers: str) -> Iterator[int]:
    for part in numbers.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_rows_stand_in_order() -> None:
    first = [tuple(map(int, next(numbers_in(row[0])).split("."))) for row in TABLE]
    assert first == sorted(first)
