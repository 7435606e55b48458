"""The states of a text that are worth keeping, read out of its log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pycrdt import Text

from server.domain.text.checkpoints import CheckpointKind, State
from server.domain.text.update_log import Writer
from server.sync.gaps import apply_closed, load_log
from server.sync.projection import TEXT, project
from server.sync.wire.update_check import check_update

MIN_DROP: Final = 200
"""Bytes of letters that have to go, one after the other, for the state before to be kept."""
MAX_DROPS: Final = 4
"""States before deletions that are kept of one stretch of log: those before the largest."""

Row = tuple[int, bytes]
"""Position and update."""


def states_since(
    rows: Sequence[Row], position: int, now: CheckpointKind
) -> list[tuple[CheckpointKind, State]]:
    """What is to be kept of a log (its base first) beyond `position`: the states from which much was deleted,
    and the last, whose kind is `now`. None if nothing came since."""
    if not rows or rows[-1][0] <= position:
        return []
    updates = [update for _, update in rows]
    loaded = load_log(updates)
    last = (now, State(project(loaded.doc), rows[-1][0]))
    if loaded.held:
        return [last]
    known = sum(1 for at, _ in rows if at <= position)
    kept = []
    for end in _before_drops(updates, known):
        blocks = project(apply_closed(updates[:end]))
        kept.append((CheckpointKind.BEFORE_DELETION, State(blocks, rows[end - 1][0])))
    return [*kept, last]


def who_wrote_since(rows: Sequence[Row], position: int, writers: Iterable[Writer]) -> frozenset[str]:
    """For which municipalities somebody wrote in a log beyond `position`: their keys, "" for the
    coordination. Who only deleted is not known: deletions carry nobody's name."""
    towns = {writer.client: writer.ags or "" for writer in writers}
    clients = {client for at, update in rows if at > position for client in check_update(update).ranges}
    return frozenset(towns[client] for client in clients & towns.keys())


def _before_drops(updates: Sequence[bytes], known: int) -> list[int]:
    """How many updates make up each of the states from which much was deleted; not those of `known` ones."""
    doc = apply_closed(updates[:known])
    text = doc.get(TEXT, type=Text)
    peak, at = len(text), known
    drops: list[tuple[int, int]] = []
    lowest = peak
    for number in range(known, len(updates)):
        doc.apply_update(updates[number])
        length = len(text)
        if length > lowest and peak - lowest >= MIN_DROP:  # it grows again: that was a drop
            drops.append((peak - lowest, at))
            peak, at, lowest = length, number + 1, length
        elif length >= peak:
            peak, at, lowest = length, number + 1, length
        lowest = min(lowest, length)
    if peak - lowest >= MIN_DROP:
        drops.append((peak - lowest, at))
    largest = sorted(drops, reverse=True)[:MAX_DROPS]
    return sorted(end for _, end in largest if end > known)
