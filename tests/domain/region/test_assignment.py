"""No other assignment is cheaper."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.region.assignment import assign

COSTS = st.integers(1, 4).flatmap(
    lambda rows: st.integers(rows, 5).flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 20), min_size=columns, max_size=columns), min_size=rows, max_size=rows
        )
    )
)


@given(COSTS)
def test_each_row_has_a_column_of_its_own_and_the_sum_is_least(costs: list[list[int]]) -> None:
    found = assign(costs)
    assert len(set(found)) == len(costs)
    best = min(
        sum(line[c] for line, c in zip(costs, chosen, strict=True))
        for chosen in permutations(range(len(costs[0])), len(costs))
    )
    assert sum(line[c] for line, c in zip(costs, found, strict=True)) == best


def test_more_rows_than_columns_cannot_be() -> None:
    with pytest.raises(ValueError, match="more rows"):
        assign([[1], [2]])


def test_nothing_needs_nothing() -> None:
    assert assign([]) == []
