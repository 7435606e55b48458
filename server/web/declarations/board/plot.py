"""The course of the answers as lines: SVG coordinates here, words beside them in HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.domain.region.course import Stand

WIDTH: Final = 600
HEIGHT: Final = 180
_SHORTEST: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plot:
    """Paths of steps in a box of WIDTH by HEIGHT. `goal`: height of the quorum's line, None without one.
    `now_x`: where today stands. The heights of the lines' ends are those of their labels."""

    counted: str
    answered: str
    counted_y: int
    answered_y: int
    goal_y: int | None
    now_x: int
    since: datetime
    until: datetime

    @property
    def labels_apart(self) -> tuple[int, int]:
        """Heights of the labels of `answered` and `counted`, far enough apart to be read."""
        room = 22
        if self.counted_y - self.answered_y >= room:
            return self.answered_y, self.counted_y
        middle = min(max((self.counted_y + self.answered_y) // 2, room // 2), HEIGHT - room // 2)
        return middle - room // 2, middle + room // 2


def plot_of(
    stands: Sequence[Stand], total: int, goal: int, since: datetime, until: datetime, now: datetime
) -> Plot | None:
    """From `since` to `until`, or to the last answer where that came later. None without any answer."""
    if not stands or not total:
        return None
    since = min(since, stands[0].at)
    end = max(until, stands[-1].at, since + _SHORTEST)
    shown = min(max(now, stands[-1].at), end)

    def x(at: datetime) -> int:
        return round(WIDTH * ((at - since) / (end - since)))

    def y(count: int) -> int:
        return round(HEIGHT * (1 - count / total))

    return Plot(
        counted=_steps(stands, lambda stand: stand.counted, x, y, shown),
        answered=_steps(stands, lambda stand: stand.answered, x, y, shown),
        counted_y=y(stands[-1].counted),
        answered_y=y(stands[-1].answered),
        goal_y=y(goal) if 0 < goal <= total else None,
        now_x=x(shown),
        since=since,
        until=end,
    )


def _steps(
    stands: Sequence[Stand],
    count: Callable[[Stand], int],
    x: Callable[[datetime], int],
    y: Callable[[int], int],
    shown: datetime,
) -> str:
    path = [f"M0 {y(0)}"]
    for stand in stands:
        path.append(f"H{x(stand.at)}V{y(count(stand))}")
    return "".join([*path, f"H{x(shown)}"])
