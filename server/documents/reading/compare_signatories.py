"""Do the pages name exactly those who signed? Read back, without trusting the file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from server.documents.model import SignatoryLine
from server.documents.parts.proof import proof_texts
from server.documents.parts.signatories import cell_texts
from server.documents.parts.statements import statement_texts
from server.documents.reading.read_back import read_text
from server.documents.reading.structure_reader import ReadBlock
from server.documents.typeset.letters.characters import SOFT_HYPHEN
from server.documents.wording import JOINED, PROOF, SIGNATORIES, SIGNATORY, STATEMENTS

_LISTS: Final = frozenset({SIGNATORY, SIGNATORIES, *JOINED})


def compare_with_signatories(pdf: bytes, lines: Sequence[SignatoryLine]) -> list[str]:
    """What the tables and the Protokollerklärungen say otherwise; empty means identical, word for word and
    in the same order. Raises ValueError for what is no PDF or has no structure."""
    blocks = read_text(pdf)
    rows = [_text(block) for block in blocks if block.section in _LISTS and block.kind == "cell"]
    return [
        *_differences(cell_texts(lines), rows),
        *_differences(statement_texts(lines), _section(blocks, STATEMENTS)),
        *_differences(proof_texts(lines), _section(blocks, PROOF)),
    ]


def _section(blocks: Sequence[ReadBlock], title: str) -> list[str]:
    return [_text(block) for block in blocks if block.section == title]


def _text(block: ReadBlock) -> str:
    return " ".join(block.text.replace(SOFT_HYPHEN, "").split())


def _differences(wanted: Sequence[str], printed: Sequence[str]) -> list[str]:
    plain = [" ".join(text.replace(SOFT_HYPHEN, "").split()) for text in wanted]
    pairs = zip_longest(plain, printed, fillvalue="nothing")
    return [f"{there!r} instead of {given!r}" for given, there in pairs if given != there]
