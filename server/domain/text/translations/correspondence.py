"""Which blocks of the original a translation's blocks stand for, and which of them no longer do.

Blocks are matched by what they are (heading, clause of the second level …), in order. A translation may say
in three paragraphs what the original says in one, as Leichte Sprache does: what has no partner stands for
everything between its neighbours' partners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.text.comparing.alignment import match_equal
from server.domain.text.content import Block, Content

Stretch = tuple[int, int]
"""From this block of the original to before that one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a translation against the original as it is now. `outdated`: for each block of the translation,
    whether what it stands for has changed. `missing`: how many blocks of the original came after it was
    translated."""

    outdated: tuple[bool, ...]
    missing: int
    is_current: bool


def correspond(original: Content, translation: Content) -> tuple[Stretch, ...]:
    """One stretch for each block of the translation."""
    shapes = [_shape(b) for b in original.blocks], [_shape(b) for b in translation.blocks]
    partners = {new: old for old, new in match_equal(*shapes)}
    ends = _ends(partners, len(translation.blocks), len(original.blocks))
    found: list[Stretch] = []
    last = 0
    for at, end in enumerate(ends):
        last = partners.get(at, last)
        found.append((last, last + 1 if at in partners else max(end, last)))
    return tuple(found)


def _ends(partners: dict[int, int], count: int, last: int) -> list[int]:
    """For each block the partner of the next one that has any."""
    ends: list[int] = []
    for at in reversed(range(count)):
        ends.append(last)
        last = partners.get(at, last)
    return ends[::-1]


def standing(stretches: Sequence[Stretch], translated: Content, now: Content) -> Standing:
    """`translated`: the original's text that was translated; `now`: as it is now."""
    if translated.digest == now.digest:
        return Standing((False,) * len(stretches), 0, is_current=True)
    kept = match_equal([_words(b) for b in translated.blocks], [_words(b) for b in now.blocks])
    same = {old for old, _ in kept}
    outdated = tuple(any(at not in same for at in range(*stretch)) for stretch in stretches)
    gone = len(translated.blocks) - len(same)
    return Standing(outdated, max(len(now.blocks) - len(kept) - gone, 0), is_current=False)


def _shape(block: Block) -> tuple[str, int]:
    return block.kind, block.level


def _words(block: Block) -> tuple[object, ...]:
    """Without its number: a clause that has moved up is still the same."""
    return block.kind, block.level, block.runs
