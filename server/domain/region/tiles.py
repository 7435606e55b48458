"""A map of square tiles, one a place, roughly where the place lies; some places get four times the room.

Every place is moved as little as can be from where it lies to a free square (an assignment). The same places
give the same map: board, wall and public page show one layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians, sqrt
from typing import Final

from server.domain.region.assignment import assign

NARROW: Final = 7
"""Columns that a phone can show with squares for a finger: 44 px of 390."""
NARROW_CELLS: Final = 100
"""Squares up to which the map stays that narrow."""
MAX_PLACES: Final = 200
_SLACK: Final = 1.18
"""Squares for each that is taken: what is left over lets the outline be the region's own."""
_BIG: Final = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees north and east."""

    key: str
    latitude: float
    longitude: float
    is_big: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """`column` and `row` of its upper left square, from 0; `size` in squares, both ways."""

    key: str
    column: int
    row: int
    size: int = 1


@dataclass(frozen=True, slots=True)
class TileMap:
    """`tiles` from north to south, and from west to east: the order in which they are read."""

    columns: int
    rows: int
    tiles: tuple[Tile, ...]


Point = tuple[float, float]
Square = tuple[int, int]


@lru_cache(64)
def lay_out(places: frozenset[Place]) -> TileMap:
    """Cached: a region keeps its places for years. Raises ValueError for more than 200, or two of one key."""
    if len(places) > MAX_PLACES or len({place.key for place in places}) < len(places):
        raise ValueError("too many places, or one of them twice")
    ordered = sorted(places, key=lambda place: place.key)
    if not ordered:
        return TileMap(0, 0, ())
    columns, rows = _grid(ordered)
    wanted = _wanted(ordered, columns, rows)
    big = [place for place in ordered if place.is_big]
    tiles = _place_big(big, wanted, columns, rows)
    taken = {square for tile in tiles for square in _squares(tile)}
    free = [(x, y) for y in range(rows) for x in range(columns) if (x, y) not in taken]
    small = [place for place in ordered if not place.is_big]
    costs = [[_distance(wanted[place.key], (x + 0.5, y + 0.5)) for x, y in free] for place in small]
    tiles += [Tile(place.key, *free[found]) for place, found in zip(small, assign(costs), strict=True)]
    return _trimmed(tiles)


def _grid(places: Sequence[Place]) -> Square:
    """How many columns and rows: of the region's own proportions, as far as it stays narrow."""
    area = sum(_BIG * _BIG if place.is_big else 1 for place in places)
    cells = area if len(places) == 1 else ceil(area * _SLACK)
    east, north = _flat(places)
    width, height = max(east) - min(east), max(north) - min(north)
    proportion = min(max(width / height if height else 4.0, 0.25), 4.0)
    columns = max(round(sqrt(cells * proportion)), 1)
    if cells <= NARROW_CELLS:
        columns = min(columns, NARROW)
    if any(place.is_big for place in places):
        columns = max(columns + columns % 2, _BIG) if columns < NARROW else columns
    rows = ceil(cells / columns)
    big = sum(place.is_big for place in places)
    while (columns // _BIG) * (rows // _BIG) < big or columns * rows < area:
        rows += 1
    return columns, rows


def _flat(places: Sequence[Place]) -> tuple[list[float], list[float]]:
    """East and north in one unit: a degree of longitude is shorter than one of latitude."""
    middle = sum(place.latitude for place in places) / len(places)
    return [place.longitude * cos(radians(middle)) for place in places], [place.latitude for place in places]


def _wanted(places: Sequence[Place], columns: int, rows: int) -> dict[str, Point]:
    """Where each would be in squares: halfway between its true position and its rank, so that crowded valleys
    find room and empty woods take none."""
    east, north = _flat(places)
    across = _spread(east, columns)
    down = _spread([-value for value in north], rows)
    return {place.key: (across[i], down[i]) for i, place in enumerate(places)}


def _spread(values: Sequence[float], squares: int) -> list[float]:
    least, span = min(values), max(values) - min(values)
    ranked = sorted(range(len(values)), key=lambda i: (values[i], i))
    rank = {place: number for number, place in enumerate(ranked)}
    return [
        squares * ((((value - least) / span) if span else 0.5) + (rank[i] + 0.5) / len(values)) / 2
        for i, value in enumerate(values)
    ]


def _place_big(big: Sequence[Place], wanted: dict[str, Point], columns: int, rows: int) -> list[Tile]:
    """Each in turn where it costs least; on a grid of double squares where the last find no room."""
    tiles: list[Tile] = []
    taken: set[Square] = set()
    for place in big:
        spots = [
            Tile(place.key, x, y, _BIG)
            for y in range(rows - _BIG + 1)
            for x in range(columns - _BIG + 1)
            if not taken & set(_squares(Tile(place.key, x, y, _BIG)))
        ]
        if not spots:
            return _in_pairs(big, wanted, columns, rows)
        best = min(
            spots, key=lambda tile: (_distance(wanted[tile.key], _middle(tile)), tile.row, tile.column)
        )
        tiles.append(best)
        taken.update(_squares(best))
    return tiles


def _in_pairs(big: Sequence[Place], wanted: dict[str, Point], columns: int, rows: int) -> list[Tile]:
    spots = [(x * _BIG, y * _BIG) for y in range(rows // _BIG) for x in range(columns // _BIG)]
    costs = [[_distance(wanted[place.key], (x + 1.0, y + 1.0)) for x, y in spots] for place in big]
    return [Tile(place.key, *spots[at], _BIG) for place, at in zip(big, assign(costs), strict=True)]


def _squares(tile: Tile) -> Iterable[Square]:
    return ((tile.column + x, tile.row + y) for y in range(tile.size) for x in range(tile.size))


def _middle(tile: Tile) -> Point:
    return tile.column + tile.size / 2, tile.row + tile.size / 2


def _distance(one: Point, other: Point) -> float:
    """Squared: many short ways are better than one long."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _in_reading_order(tile: Tile) -> Square:
    return tile.row, tile.column


def _trimmed(tiles: Sequence[Tile]) -> TileMap:
    """Without empty edges, in reading order."""
    left, top = min(tile.column for tile in tiles), min(tile.row for tile in tiles)
    moved = sorted((Tile(t.key, t.column - left, t.row - top, t.size) for t in tiles), key=_in_reading_order)
    return TileMap(
        max(tile.column + tile.size for tile in moved),
        max(tile.row + tile.size for tile in moved),
        tuple(moved),
    )
