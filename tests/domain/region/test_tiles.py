"""A region as squares: whatever the places, each has one of its own and neighbours stay near."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.region.tiles import NARROW, Place, Tile, TileMap, lay_out
from server.storage.declarations.seeding import REGION

DEGREES = st.floats(47.5, 49.5, allow_nan=False)
REGIONS = st.lists(st.tuples(DEGREES, DEGREES, st.sampled_from([False] * 8 + [True])), max_size=60).map(
    lambda rows: frozenset(Place(f"{i:03}", north, east, big) for i, (north, east, big) in enumerate(rows))
)


def region() -> frozenset[Place]:
    towns = json.loads(REGION.read_text("utf-8"))["municipalities"]
    return frozenset(
        Place(t["ags"], t["latitude"], t["longitude"], t["kind"] == "grosse_kreisstadt") for t in towns
    )


def squares(tile: Tile) -> list[tuple[int, int]]:
    return [(tile.column + x, tile.row + y) for x in range(tile.size) for y in range(tile.size)]


def concordance(values: list[tuple[float, float]]) -> float:
    """Kendall's rank correlation, ties left out."""
    signs = [
        (a[0] - b[0]) * (a[1] - b[1]) for i, a in enumerate(values) for b in values[i + 1 :] if a[1] != b[1]
    ]
    return sum(1 if sign > 0 else -1 for sign in signs if sign) / max(sum(1 for s in signs if s), 1)


def order_kept(places: frozenset[Place], layout: TileMap) -> tuple[float, float]:
    """How far the order from west to east and from north to south is that of the places themselves."""
    by_key = {place.key: place for place in places}
    across = [(by_key[t.key].longitude, t.column + t.size / 2) for t in layout.tiles]
    down = [(-by_key[t.key].latitude, t.row + t.size / 2) for t in layout.tiles]
    return concordance(across), concordance(down)


@settings(max_examples=60, deadline=None)
@given(REGIONS)
def test_every_place_has_squares_of_its_own_inside_the_map(places: frozenset[Place]) -> None:
    layout = lay_out(places)
    assert sorted(tile.key for tile in layout.tiles) == sorted(place.key for place in places)
    taken = Counter(square for tile in layout.tiles for square in squares(tile))
    assert not taken or max(taken.values()) == 1
    assert all(0 <= x < layout.columns and 0 <= y < layout.rows for x, y in taken)
    assert {t.key for t in layout.tiles if t.size == 2} == {p.key for p in places if p.is_big}


@settings(max_examples=20, deadline=None)
@given(REGIONS)
def test_the_same_places_give_the_same_map_in_whatever_order_they_come(places: frozenset[Place]) -> None:
    again = frozenset(sorted(places, key=lambda place: place.latitude))
    assert lay_out.__wrapped__(places) == lay_out.__wrapped__(again)


def test_the_tiles_are_read_from_north_to_south_and_from_west_to_east() -> None:
    tiles = lay_out(region()).tiles
    assert all((a.row, a.column) < (b.row, b.column) for a, b in pairwise(tiles))


def test_the_ortenau_keeps_its_order_along_both_axes() -> None:
    places = region()
    across, down = order_kept(places, lay_out(places))
    assert (across, down) > (0.7, 0.7)
    assert min(across, down) > 0.7


def test_the_ortenau_fits_on_a_phone_with_five_large_towns() -> None:
    layout = lay_out(region())
    assert layout.columns == NARROW
    assert layout.rows <= 13
    assert sum(tile.size == 2 for tile in layout.tiles) == 5
    by_key = {tile.key: tile for tile in layout.tiles}
    kehl, lahr, achern = by_key["08317057"], by_key["08317065"], by_key["08317001"]
    assert kehl.column < achern.column
    assert achern.row < lahr.row


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32))
def test_two_hundred_places_are_laid_out_as_well(seed: int) -> None:
    points = [((seed + i * 7919) % 1000 / 1000, (seed + i * 104729) % 997 / 997) for i in range(200)]
    places = frozenset(Place(f"{i:03}", 48 + a, 8 + b, i < 10) for i, (a, b) in enumerate(points))
    layout = lay_out(places)
    assert len(layout.tiles) == 200
    assert min(order_kept(places, layout)) > 0.6


def test_places_on_one_spot_and_many_large_ones_find_room() -> None:
    one_spot = frozenset(Place(f"{i:02}", 48.0, 8.0, is_big=True) for i in range(30))
    assert len(lay_out(one_spot).tiles) == 30
