"""Clause numbers."""

import pytest

from server.domain.text.numbering import doubled, letters, number_clauses


def test_the_first_level_runs_through_headings() -> None:
    assert list(number_clauses([1, None, 1, 1])) == ["1.", None, "2.", "3."]


def test_the_levels_below_begin_anew_under_each_clause() -> None:
    assert list(number_clauses([1, 2, 2, 3, 3, 1, 2])) == ["1.", "a)", "b)", "aa)", "bb)", "2.", "a)"]


def test_a_level_left_out_still_counts_from_its_first() -> None:
    assert list(number_clauses([3, 2, 3])) == ["aa)", "a)", "aa)"]


@pytest.mark.parametrize(("count", "label"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")])
def test_letters_go_on_after_z(count: int, label: str) -> None:
    assert letters(count) == label


@pytest.mark.parametrize(("count", "label"), [(1, "aa"), (2, "bb"), (26, "zz"), (27, "aaa")])
def test_the_third_level_doubles_its_letters(count: int, label: str) -> None:
    assert doubled(count) == label
