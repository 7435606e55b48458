"""The region's map as it is drawn: squares with a name, a state and a place on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from server.domain.region.labels import lines_of, short_keys
from server.domain.region.tiles import Place, lay_out

UNIT: Final = 100
"""One square in the drawing's own unit."""
GAP: Final = 4


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """`x`, `y`, `side` in the drawing's unit. `lines`: the name as it fits; `short`: three letters."""

    key: str
    name: str
    lines: tuple[str, ...]
    short: str
    x: int
    y: int
    side: int

    @property
    def is_big(self) -> bool:
        return self.side > UNIT

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.side // 2, self.y + self.side // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    tiles: tuple[DrawnTile, ...]


@lru_cache(64)
def draw(places: frozenset[Place], names: tuple[tuple[str, str], ...]) -> Drawing:
    """`names`: pairs of official key and name. Cached like the layout itself."""
    by_key: Mapping[str, str] = dict(names)
    layout, short = lay_out(places), short_keys(by_key)
    scaled: Callable[[int], int] = UNIT.__mul__
    tiles = tuple(
        DrawnTile(
            tile.key,
            by_key[tile.key],
            lines_of(by_key[tile.key]),
            short[tile.key],
            scaled(tile.column),
            scaled(tile.row),
            scaled(tile.size) - GAP,
        )
        for tile in layout.tiles
    )
    return Drawing(scaled(layout.columns) - GAP, scaled(layout.rows) - GAP, tiles)
