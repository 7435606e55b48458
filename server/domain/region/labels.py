"""What stands on a place's tile: its name on a few short lines, and three letters for small screens."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

LONGEST: Final = 11
"""Characters that fit on a line of a tile."""
_JOINTS: Final = (
    "hausen", "weier", "walden", "heim", "hofen", "höfen", "bach", "wald", "berg", "burg", "tal", "rodeck",
    "stadt", "kirch", "dorf", "lingen", "feld",
)  # fmt: skip
"""With what the second half of a long name of a place begins, so that it can be broken there."""
_FILLING: Final = frozenset({"am", "an", "im", "in", "der", "bei", "bad", "sankt", "st"})


def short_name(name: str) -> str:
    """Without what only tells it from others: "Lahr/Schwarzwald", "Gutach (…)", "Haslach im …"."""
    plain = re.sub(r"\s*(\(.*\)|/.*)$", "", name)
    return re.sub(r"\s+(im|am|an der|in der|bei)\s+\S.*$", "", plain) or name


def lines_of(name: str) -> tuple[str, ...]:
    """At most three lines; a single long word that has no joint keeps its length."""
    lines: list[str] = []
    for word in re.findall(r"[^\s-]+-?", short_name(name)):
        if lines and not lines[-1].endswith("-") and len(lines[-1]) + 1 + len(word) <= LONGEST - 2:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.extend(_halves(word))
    return tuple(lines[:3]) or (name,)


def _halves(word: str) -> list[str]:
    if len(word) <= LONGEST:
        return [word]
    for joint in _JOINTS:
        at = word.find(joint, 3)
        if at > 0:
            return [f"{word[:at]}-", word[at:]]
    return [word]


def short_keys(names: Mapping[str, str]) -> dict[str, str]:
    """Three letters for each key, no two the same where the names allow it: the first and two that follow."""
    found: dict[str, str] = {}
    for key, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        found[key] = _three(name, found.values())
    return found


def _three(name: str, taken: Collection[str]) -> str:
    words = [word for word in re.findall(r"\w+", short_name(name)) if word.casefold() not in _FILLING]
    letters = "".join(words) or name
    first, rest = letters[0], letters[1:]
    for second in range(len(rest)):
        for third in range(second + 1, len(rest)):
            tried = (first + rest[second] + rest[third]).upper()
            if tried not in taken and len(tried) == 3:
                return tried
    return letters[:3].upper()
