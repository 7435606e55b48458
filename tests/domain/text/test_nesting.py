"""What nests in what: nothing is lost, nothing is deeper than its level says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.content import LEVELS, Block
from server.domain.text.nesting import LISTS, nest

BLOCKS = st.lists(
    st.sampled_from([Block(kind, level, ()) for kind, levels in LEVELS.items() for level in levels])  # type: ignore[arg-type]
)


@given(BLOCKS)
def test_every_block_has_its_place_and_only_list_items_stand_in_lists(blocks: list[Block]) -> None:
    places = list(nest(blocks))
    assert len(places) == len(blocks)
    assert [place.depth > 0 for place in places] == [block.kind in LISTS for block in blocks]


@given(BLOCKS)
def test_no_depth_is_skipped_and_a_deeper_place_opens_a_list(blocks: list[Block]) -> None:
    last = 0
    for place in nest(blocks):
        assert place.depth <= last + 1
        assert place.opens or place.depth <= last
        last = place.depth


@given(BLOCKS)
def test_nothing_is_deeper_than_its_level_counted_from_the_clause_around(blocks: list[Block]) -> None:
    clause = 0
    for block, place in zip(blocks, nest(blocks), strict=True):
        if block.kind == "clause":
            clause = place.depth
            assert place.depth <= block.level
        elif block.kind == "bullet":
            assert place.depth <= block.level + clause
        else:
            clause = 0


@given(BLOCKS)
def test_a_list_holds_items_of_one_kind_and_level_and_no_clause_lies_in_a_bullet(blocks: list[Block]) -> None:
    lists: list[tuple[str, int]] = []
    for block, place in zip(blocks, nest(blocks), strict=True):
        item = (block.kind, block.level)
        del lists[place.depth - place.opens :]
        if place.opens:
            lists.append(item)
        assert not lists or lists[-1] == item
        around = [kind for kind, _ in lists[:-1]]
        assert block.kind != "clause" or "bullet" not in around
