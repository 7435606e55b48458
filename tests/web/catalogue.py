"""Finds every sentence that the catalogue must hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file
from jinja2 import Environment
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "client" / "src" / "strings.json"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
Msgid = str | tuple[str, str]


@cache
def sentences() -> frozenset[Msgid]:
    return frozenset((*_in_code(), *_in_templates(), *_in_client()))


def _in_code() -> Iterator[Msgid]:
    for path in (ROOT / "server").rglob("*.py"):
        for found in extract_from_file("python", path, keywords=KEYWORDS):
            yield _msgid(found[1])


def _in_templates() -> Iterator[Msgid]:
    options = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
    for path in (ROOT / "templates").rglob("*.html"):
        Environment(extensions=["jinja2.ext.i18n"]).parse(path.read_text("utf-8"))
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, list(KEYWORDS), [], options):
                if message is not None:  # `_(variable)`: its sentences stand in the code
                    yield _msgid(message)


def _in_client() -> Iterator[Msgid]:
    if CLIENT.exists():
        yield from json.loads(CLIENT.read_text("utf-8")).values()


def _msgid(found: object) -> Msgid:
    if isinstance(found, tuple | list):
        texts = [text for text in found if isinstance(text, str)]
        return (texts[0], texts[1]) if len(texts) > 1 else texts[0]
    return str(found)
