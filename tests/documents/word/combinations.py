"""Two paragraphs in which every two proposals meet that can: of letters, and of the end between them."""

from __future__ import annotations

from functools import cache
from itertools import product

from server.domain.text.files.manuscript import Manuscript, by_file
from server.domain.text.live_text import LiveBlock, LiveRun, Value
from tests.documents.word.shapes.pieces import ROSE, THYME

_R, _T = by_file(ROSE, 1_750_000_000), by_file(THYME, 1_750_000_001)
_MARKS: dict[str, dict[str, Value]] = {
    "plain": {},
    "in": {"ins:1": _R},
    "out": {"del:1": _R},
    "in2": {"ins:2": _T},
    "out2": {"del:2": _T},
    "both": {"ins:1": _R, "del:2": _T},
    "undone": {"ins:1": _R, "del:1": _R},
}


@cache
def combinations() -> dict[str, Manuscript]:
    """By name."""
    return {
        f"pair-{last}-{end}-{first}": _text(_MARKS[last], _MARKS[end], _MARKS[first])
        for last, end, first in product(_MARKS, _MARKS, ("plain", "in", "out", "both"))
        if end != "plain"
    }


def _text(last: dict[str, Value], end: dict[str, Value], first: dict[str, Value]) -> Manuscript:
    return Manuscript(
        (
            LiveBlock("paragraph", 0, (LiveRun("Eins ", {}), LiveRun("zwei ", last)), end),
            LiveBlock("clause", 1, (LiveRun("drei ", first), LiveRun("vier", {})), {}),
            LiveBlock("paragraph", 0, (LiveRun("Ende.", {}),), {}),
        )
    )
