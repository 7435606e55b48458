"""What moved, said only where it is certain: the same words once in either text, gone here and come there.

A wrong "moved" costs more trust than none: https://github.com/houfu/redlines/issues/132.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from server.domain.text.comparison import BlockChange, unnumbered

MIN_WORDS: Final = 5
"""Shorter blocks come and go by chance."""
_WORD: Final = re.compile(r"\w+")


def find_moves(changes: Sequence[BlockChange]) -> Mapping[int, int]:
    """Index of the removed end → index of the added end, in the list of changes."""
    old = Counter(unnumbered(change.old) for change in changes if change.old)
    new = Counter(unnumbered(change.new) for change in changes if change.new)
    come = {
        unnumbered(change.new): at
        for at, change in enumerate(changes)
        if change.kind == "added" and change.new and new[unnumbered(change.new)] == 1
    }
    return {
        at: come[key]
        for at, change in enumerate(changes)
        if change.kind == "removed" and change.old and len(_WORD.findall(change.old.text)) >= MIN_WORDS
        if old[key := unnumbered(change.old)] == 1 and key in come
    }
