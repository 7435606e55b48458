"""Sentences for people: an English source string, filled in and translated where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the msgid; `facts` fill its `%(name)s` places."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


def N_(text: str) -> str:  # noqa: N802  # gettext's customary name: marks a string for the catalogue
    """The string itself. What translates it is `templating`, when the language is known."""
    return text
