"""Server and browser read the same blocks from the same bytes."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from server.sync.projection import read_text
from tests.contract.conftest import Node

HISTORIES = 150


@pytest.fixture(scope="module")
def states(node: Node) -> list[str]:
    """Final states of random histories, and of what other programs might write; base64."""
    return node("states", str(HISTORIES))


def server_json(state: str) -> str:
    blocks = [block.to_json() for block in read_text([b64decode(state)])]
    return json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))


def test_the_server_reads_what_the_browser_shows(states: list[str], node: Node) -> None:
    """To the letter, the order of the keys included."""
    shown = node("project", lines=states)
    assert len(shown) == len(states)
    differing = [
        (n, ours, theirs)
        for n, (ours, theirs) in enumerate(zip(map(server_json, states), shown, strict=True))
        if ours != theirs
    ]
    assert differing[:1] == []


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ("umlauts", "ö"),
        ("emoji", "👩‍👩‍👧"),
        ("combining marks", "e\u0301"),
        ("hard breaks", "\u2028"),
        ("embedded objects", "\ufffc"),
        ("suggestions on a line feed", '"sug":{"del'),
        ("overlapping marks", '"del:b-2":false,"em":true'),
    ],
)
def test_the_states_hold(states: list[str], what: str, part: str) -> None:
    assert any(part in server_json(state) for state in states), what


def test_the_states_hold_an_empty_text_and_one_of_300_blocks(states: list[str]) -> None:
    lengths = [len(read_text([b64decode(state)])) for state in states[:2]]
    assert lengths == [1, 300]


def test_unknown_markup_is_among_the_states(states: list[str]) -> None:
    unknown = {name for state in states for block in read_text([b64decode(state)]) for name in block.unknown}
    assert {"embedded", "color", "constructor:x", "b heading:4"} <= unknown
