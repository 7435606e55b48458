"""The cheapest way to give each row a column of its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def assign(costs: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row, so that the sum is least. There must be at least as many columns as rows.

    Shortest augmenting paths with potentials (Jonker and Volgenant 1987): rows² times columns steps. Of two
    equal costs the column with the lower number is taken, so the same costs give the same answer.
    """
    width = len(costs[0]) if costs else 0
    if len(costs) > width:
        raise ValueError("more rows than columns")
    row_potential = [0.0] * (len(costs) + 1)
    potential = [0.0] * (width + 1)
    owner = [0] * (width + 1)  # of each column, its row from 1; column 0 holds the row that looks for one
    for row in range(1, len(costs) + 1):
        owner[0] = row
        _augment(costs, owner, row_potential, potential)
    found = [0] * len(costs)
    for column in range(1, width + 1):
        if owner[column]:
            found[owner[column] - 1] = column - 1
    return found


def _augment(
    costs: Sequence[Sequence[float]],
    owner: list[int],
    row_potential: list[float],
    potential: list[float],
) -> None:
    """Gives the row in column 0 a column, moving others along the cheapest path."""
    width = len(owner)
    least, before, done = [inf] * width, [0] * width, [False] * width
    column = 0
    while owner[column]:
        done[column] = True
        row = owner[column]
        line, offset = costs[row - 1], row_potential[row]
        step, nearest = inf, 0
        for other in range(1, width):
            if done[other]:
                continue
            reduced = line[other - 1] - offset - potential[other]
            if reduced < least[other]:
                least[other], before[other] = reduced, column
            if least[other] < step:
                step, nearest = least[other], other
        for other in range(width):
            if done[other]:
                row_potential[owner[other]] += step
                potential[other] -= step
            else:
                least[other] -= step
        column = nearest
    while column:
        owner[column] = owner[before[column]]
        column = before[column]
