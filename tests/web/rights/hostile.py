"""What hands that stumble or attack put where a request has a word, a number or a name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Final
from urllib.parse import quote

from tests.web.rights.calls import Call

WORDS: Final = (
    "",
    "\0",
    "a\0b",
    "a\x1b[2Jb",
    "\u202ednuH",
    "\u200b",
    "\ufeff\u2060",
    "\uffff\U0010ffff",
    "a\x0bb\x0cc\x02d",
    "e" + "\u0301" * 900,
    "9" * 900,
    "9" * 5_000,
    "9" * 19,
    "9" * 15,
    "99999999999",
    "-1",
    "²",
    "٣",
    "1e999",
    "../../etc/passwd",
    "=1+1",
    "{x.__class__}{",
    "%s%(a)s",
    "<!--<script>",
    "ü" * 260,
    "x" * 1_990,
    "x" * 30_000,
    "2026-02-30T25:61",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
)
"""A field of a form, a part of an address, a parameter behind it."""
NUMBERS: Final = ("0", "99999999999", "9" * 19, "9" * 900, "9" * 5_000)
VALUES: Final = (
    *(json.dumps(word) for word in WORDS),
    '"\\ud800"',
    "null",
    "true",
    "-1",
    "99999999999",
    "9" * 19,
    "9" * 4_000,
    "1e999",
    "NaN",
    "[]",
    "[null, null]",
    "[99999999999]",
    "[-1, 1e999]",
    '["\\u0000"]',
    '[[["x"]]]',
    "[" * 900 + "]" * 900,
    "{}",
    '{"a": {"a": "\\ud800"}}',
)
"""The same for JSON, already written."""
EVERY: Final = 1 if os.environ.get("KRAFTAKT_RIGHTS") == "all" else 10
"""One word of so many is tried in each place, the next place has the next."""


class Hands:
    """`EVERY` th of the words in turn."""

    def __init__(self) -> None:
        self._turn = count()

    def _some(self, words: Sequence[str]) -> Sequence[str]:
        return words[next(self._turn) % EVERY :: EVERY]

    def spoiled(self, call: Call) -> Iterator[Call]:
        """One thing wrong at a time."""
        if call.json:
            fields = json.loads(call.json)
            for place in _places(fields):
                for value in self._some(VALUES):
                    yield replace(call, json=_put(fields, place, value))
        else:
            for name in call.fields:
                for word in self._some(WORDS):
                    yield replace(call, fields={**call.fields, name: word})

    def addresses(self, call: Call, route: str, names: Sequence[str]) -> Iterator[Call]:
        """`names`: of the parameters that the page asks for."""
        path, _, query = call.path.partition("?")
        parts = path.split("/")
        for at, part in enumerate(route.split("/")):
            if part.startswith("{") and part != "{slug}":
                for word in NUMBERS if ":int" in part else self._some(WORDS):
                    said = re.sub(r"\{[^}]*\}", quote(word, safe=""), part)
                    yield replace(call, path="/".join([*parts[:at], said, *parts[at + 1 :]]) + f"?{query}")
        for name in names:
            for word in self._some(WORDS):
                yield replace(call, path=f"{path}?{query}&{quote(name)}={quote(word, safe='')}")


def _places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*above, key)
            yield from _places(below, (*above, key))


def _put(fields: Any, place: tuple[Any, ...], value: str) -> str:
    copy = json.loads(json.dumps(fields))
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = "HERE"
    return json.dumps(copy).replace('"HERE"', value)
