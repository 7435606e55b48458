"""What the live text may hold: letters, and formats of a few kinds. The editor writes nothing else.

The browser's side is `client/src/editor/text/schema.ts` and `codec.ts`. Values stand here as the JSON that
an update holds.
"""

from __future__ import annotations

import json
import re
from typing import Final

from server.domain.text.content import LEVELS, LINK_SCHEMES
from server.domain.text.live_text import COMMENT, FORMATS, NAMING, SUGGESTED

TEXT_ROOT: Final = "text"
"""The only root type of a doc."""
MAX_BLOCK: Final = 20_000
"""UTF-16 units of one block that every browser bears."""
MAX_MARKS: Final = 200
"""Marks with an id (comments, proposals) on one letter."""
MAX_LINK: Final = 4_000
MAX_COMMENT: Final = 200
MAX_KEY: Final = 100

Attribute = tuple[str, str]
"""Key and value as JSON."""

_BY_ID: Final = (COMMENT, *SUGGESTED)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_BLOCK_VALUES: Final = frozenset(f'"{kind}:{level}"' for kind, levels in LEVELS.items() for level in levels)
_AUTHOR: Final = re.compile(r"(0|[1-9][0-9]{0,15})\|([^|]{0,200})\|(0|[1-9][0-9]{0,11})", re.ASCII)
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


def is_by_id(key: str) -> bool:
    """A mark that may lie on a letter several times, once per id."""
    return key.startswith(_BY_ID)


def is_proposal(key: str) -> bool:
    return key.startswith(SUGGESTED)


def needs_no_judge(key: str, value: str) -> bool:
    """Whether anybody may write this attribute at any time. Taking one away is always allowed."""
    if value == "null":
        return len(key) <= MAX_KEY
    if key in ("strong", "em"):
        return value == "true"
    if key == "b":
        return value in _BLOCK_VALUES
    if key == "link":
        return _is_link(json.loads(value))
    return False


def is_comment(key: str, value: str) -> bool:
    """The mark of a thread as we write it."""
    return key.startswith(COMMENT) and _has_id(key) and _is_comment(json.loads(value))


def read_author(key: str, value: str) -> tuple[str, int] | None:
    """Of a proposal: "person|municipality" and seconds since 1970. None: no proposal as we write it."""
    if not key.startswith(SUGGESTED) or not _has_id(key):
        return None
    said = json.loads(value)
    if not isinstance(said, str):
        return None
    if key.startswith(NAMING):
        what, _, said = said.partition("|")
        if not (_is_format(what) if key.startswith("format:") else f'"{what}"' in _BLOCK_VALUES):
            return None
    found = _AUTHOR.fullmatch(said)
    return (f"{found[1]}|{found[2]}", int(found[3])) if found else None


def _has_id(key: str) -> bool:
    return _ID.fullmatch(key.partition(":")[2]) is not None


def _is_format(what: str) -> bool:
    name, _, address = what.partition("=")
    return what in FORMATS or (name == "link" and (not address or _is_link(address)))


def _is_link(said: object) -> bool:
    return (
        isinstance(said, str)
        and len(said) <= MAX_LINK
        and said.lower().startswith(LINK_SCHEMES)
        and said.lower() not in LINK_SCHEMES
        and not _BLANK.search(said)
    )


def _is_comment(said: object) -> bool:
    return said is True or (isinstance(said, str) and len(said) <= MAX_COMMENT)
