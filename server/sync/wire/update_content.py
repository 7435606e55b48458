"""What the structs of a Yjs update hold: each kind of content is read only to find its end and its length.

Source: `yjs/src/structs/Content*.js`, `lib0/encoding.js`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from server.sync.wire.messages import Malformed, Reader, parse_json

MAX_CLOCK: Final = (1 << 31) - 1
"""Yrs counts clocks in 32 bits."""
MAX_DEPTH: Final = 32
"""Of values inside values; Yrs recurses without a bound."""
_TWO_UNITS: Final = re.compile("[\U00010000-\U0010ffff]")


def ensure_length(value: int) -> int:
    """Yrs loops on structs without length. Raises Malformed."""
    if value == 0:
        raise Malformed("empty struct")
    return value


def _read_deleted(reader: Reader) -> int:
    return reader.uint(MAX_CLOCK)


def _read_json(reader: Reader) -> int:
    count = reader.uint(reader.left)
    for _ in range(count):
        text = reader.text()
        if text != "undefined":
            parse_json(text)
    return count


def _read_binary(reader: Reader) -> int:
    reader.chunk()
    return 1


def count_units(text: str) -> int:
    """UTF-16 units, which clocks count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def middles(text: str, clock: int) -> Iterator[int]:
    """The clocks in the middle of its letters of two units; `clock`: of the first letter."""
    for before, letter in enumerate(_TWO_UNITS.finditer(text)):
        yield clock + letter.start() + before + 1


def _read_string(reader: Reader) -> int:
    return count_units(reader.text())


def _read_embed(reader: Reader) -> int:
    parse_json(reader.text())
    return 1


def read_format(reader: Reader) -> tuple[str, str]:
    """Key and value, the latter as JSON."""
    key, value = reader.text(), reader.text()
    if value not in _USUAL:
        parse_json(value)
    return key, value


def _read_format(reader: Reader) -> int:
    read_format(reader)
    return 1


def _read_type(reader: Reader) -> int:
    if reader.uint(6) in (3, 5):  # an XML element or hook has a name
        reader.text()
    return 1


def _read_any(reader: Reader) -> int:
    count = reader.uint(reader.left)
    for _ in range(count):
        _any(reader, 0)
    return count


def _any(reader: Reader, depth: int) -> None:
    """lib0's `any` encoding (`lib0/encoding.js`, writeAny)."""
    if depth > MAX_DEPTH:
        raise Malformed("values too deep")
    tag = reader.byte()
    if tag in _FIXED:
        reader.skip(_FIXED[tag])
    elif tag == 125:
        _signed(reader)
    elif tag == 119:
        reader.text()
    elif tag == 118:
        for _ in range(reader.uint(reader.left)):
            reader.text()
            _any(reader, depth + 1)
    elif tag == 117:
        for _ in range(reader.uint(reader.left)):
            _any(reader, depth + 1)
    elif tag == 116:
        reader.chunk()
    else:
        raise Malformed("unknown value")


def _signed(reader: Reader) -> None:
    for _ in range(9):
        if reader.byte() < 128:
            return
    raise Malformed("number too long")


_USUAL: Final = frozenset(("null", "true"))
_FIXED: Final = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
CONTENT: Final[Mapping[int, Callable[[Reader], int]]] = {
    1: _read_deleted,
    2: _read_json,
    3: _read_binary,
    4: _read_string,
    5: _read_embed,
    6: _read_format,
    7: _read_type,
    8: _read_any,
}
"""Readers by content reference; they answer with the length in clocks.

9 (a document inside the document) and 11 (Yrs' own moves) have no place here.
"""
STRING: Final = 4
FORMAT: Final = 6
PLAIN: Final = frozenset((1, STRING))
"""Content references of deleted content and of letters."""
