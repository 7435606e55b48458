"""Do the pages name exactly those who signed? Read back, without trusting the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.documents.model import SignatoryLine
from server.documents.parts.proof import proof_texts
from server.documents.parts.signatories import cell_texts
from server.documents.parts.statements import statement_texts
from server.documents.reading.compare_blocks import compare_texts
from server.documents.reading.read_back import read_text
from server.documents.reading.structure_reader import ReadBlock
from server.documents.typeset.letters.characters import SOFT_HYPHEN
from server.documents.wording import JOINED, PROOF, SIGNATORIES, SIGNATORY, STATEMENTS
from server.domain.release.differences import Difference, DifferenceKind

_LISTS: Final = frozenset({SIGNATORY, SIGNATORIES, *JOINED})


def compare_with_signatories(pdf: bytes, lines: Sequence[SignatoryLine]) -> list[Difference]:
    """Where the tables and the Protokollerklärungen say otherwise; empty means identical, word for word and
    in the same order. Raises ValueError for what is no PDF or has no structure."""
    blocks = read_text(pdf)
    rows = [_text(block) for block in blocks if block.section in _LISTS and block.kind == "cell"]
    return [
        *_compare(DifferenceKind.SIGNATORY, cell_texts(lines), rows),
        *_compare(DifferenceKind.STATEMENT, statement_texts(lines), _section(blocks, STATEMENTS)),
        *_compare(DifferenceKind.PROOF, proof_texts(lines), _section(blocks, PROOF)),
    ]


def _section(blocks: Sequence[ReadBlock], title: str) -> list[str]:
    return [_text(block) for block in blocks if block.section == title]


def _text(block: ReadBlock) -> str:
    return " ".join(block.text.replace(SOFT_HYPHEN, "").split())


def _compare(kind: DifferenceKind, wanted: Sequence[str], printed: Sequence[str]) -> list[Difference]:
    plain = [" ".join(text.replace(SOFT_HYPHEN, "").split()) for text in wanted]
    return compare_texts(kind, plain, printed)
