"""Do the pages name exactly those who signed? Read back, without trusting the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from server.documents.model import SignatoryLine
from server.documents.parts.signatories import cell_texts
from server.documents.parts.statements import entry_texts, has_annex
from server.documents.reading.read_back import read_text
from server.documents.reading.structure_reader import ReadBlock
from server.documents.typeset.characters import SOFT_HYPHEN
from server.documents.wording import COLUMNS, JOINED, SIGNATORIES, SIGNATORY, STATEMENTS

_TABLES: Final = frozenset({SIGNATORY, SIGNATORIES, *JOINED})


def compare_with_signatories(pdf: bytes, lines: Sequence[SignatoryLine]) -> list[str]:
    """What the tables and the Protokollerklärungen say otherwise; empty means identical, word for word and
    in the same order. Raises ValueError for what is no PDF or has no structure."""
    blocks = read_text(pdf)
    rows = [text for line in lines for text in cell_texts(line)]
    said = [text for line in lines if has_annex(line) for text in entry_texts(line)]
    return [
        *_differences(rows, [_text(b) for b in blocks if b.section in _TABLES and _is_row(b)]),
        *_differences([STATEMENTS, *said] if said else [], _statements(blocks)),
    ]


def _statements(blocks: Sequence[ReadBlock]) -> list[str]:
    return [_text(block) for block in blocks if block.section == STATEMENTS]


def _is_row(block: ReadBlock) -> bool:
    return block.kind == "cell" and block.text not in COLUMNS


def _text(block: ReadBlock) -> str:
    return " ".join(block.text.replace(SOFT_HYPHEN, "").split())


def _differences(wanted: Sequence[str], printed: Sequence[str]) -> list[str]:
    plain = [" ".join(text.replace(SOFT_HYPHEN, "").split()) for text in wanted]
    pairs = zip_longest(plain, printed, fillvalue="nothing")
    return [f"{there!r} instead of {given!r}" for given, there in pairs if given != there]
