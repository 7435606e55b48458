"""The course of the answers as lines in a box."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from server.domain.region.course import Stand
from server.web.declarations.board.plot import HEIGHT, WIDTH, Plot, plot_of

START = datetime(2026, 6, 1, tzinfo=UTC)
END = START + timedelta(days=10)


def drawn(stands: list[Stand], *, goal: int = 0, now: datetime = END) -> Plot:
    plot = plot_of(stands, 10, goal, START, END, now)
    assert plot is not None
    return plot


def test_without_answers_nothing_is_drawn() -> None:
    assert plot_of([], 10, 5, START, END, END) is None
    assert plot_of([Stand(START, 1, 1)], 0, 5, START, END, END) is None


def test_the_lines_are_steps_from_the_beginning_to_now() -> None:
    plot = drawn([Stand(START + timedelta(days=5), 10, 5)], now=START + timedelta(days=6))
    assert plot.answered == f"M0 {HEIGHT}H{WIDTH // 2}V0H{WIDTH * 6 // 10}"
    assert plot.counted == f"M0 {HEIGHT}H{WIDTH // 2}V{HEIGHT // 2}H{WIDTH * 6 // 10}"


def test_the_quorum_is_a_line_where_there_is_one() -> None:
    assert drawn([Stand(START, 1, 1)]).goal_y is None
    assert drawn([Stand(START, 1, 1)], goal=5).goal_y == HEIGHT // 2


def test_an_answer_after_the_end_is_still_inside() -> None:
    plot = drawn([Stand(END + timedelta(days=10), 10, 10)])
    assert plot.until == END + timedelta(days=10)
    assert plot.now_x == WIDTH


def test_the_labels_of_two_lines_that_end_together_stand_apart() -> None:
    above, below = drawn([Stand(START, 9, 9)]).labels_apart
    assert below - above >= 20
    assert 0 <= above < below <= HEIGHT
