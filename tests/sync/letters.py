"""Who wrote how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from server.sync.authorship import Author, Passage


def count_letters(passages: Iterable[Passage]) -> Counter[Author]:
    """Characters of each author, without line feeds."""
    counts: Counter[Author] = Counter()
    for passage in passages:
        counts[passage.author] += len(passage.text) - passage.text.count("\n")
    return counts
