"""Processor time of a stretch of code, in seconds.

Python's collector rests meanwhile: it looks through everything that a long run of tests has kept, and whose
turn it is would pay for all.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Cost:
    seconds = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """`seconds` is there at the end of the block."""
    cost = Cost()
    gc.disable()
    began = time.process_time()
    try:
        yield cost
    finally:
        cost.seconds = time.process_time() - began
        gc.enable()
