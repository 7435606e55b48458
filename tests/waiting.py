"""Waiting for other processes and threads: for what they do, as long as they live."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

T = TypeVar("T")

HANG: Final = 300.0
"""Seconds after which a wait is a hang, on the busiest machine. Below pytest's own limit, so that the test
still says what it waited for."""
POLL: Final = 0.05
"""Seconds between two questions, so that whoever is starting gets the processor."""

SPIN: Final = 0.1
"""Seconds of the processor."""


def as_busy(seconds: float) -> float:
    """What a quiet machine does in these seconds takes this one as many, as busy as it is now."""
    clock, cpu = time.perf_counter(), time.thread_time()
    while time.thread_time() - cpu < SPIN:
        pass
    return seconds * max(1.0, (time.perf_counter() - clock) / SPIN)


def until(ask: Callable[[], T], well: Callable[[T], bool] = bool) -> T:
    """The first answer that is well, of something that tells nobody when it changes."""
    give_up = time.monotonic() + HANG
    while not well(said := ask()):
        assert time.monotonic() < give_up, said
        time.sleep(POLL)
    return said


class Process(Protocol):
    def poll(self) -> int | None:
        """Its exit code, once it has one."""


def until_well(base: str, process: Process) -> bool:
    """Whether the service at `base` is well; False when its process has ended, or hangs."""
    deadline = time.monotonic() + HANG
    while process.poll() is None and time.monotonic() < deadline:
        if is_well(base):
            return True
        time.sleep(POLL)
    return False


def is_well(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/health", timeout=HANG) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
