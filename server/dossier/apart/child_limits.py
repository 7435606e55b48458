"""What a process that reads a stranger's file may use."""

from __future__ import annotations

import math
import resource
import time
from typing import Final

from server.documents.reading.safe_streams import bound_library

_CPU_SECONDS: Final = 20
"""Of processor time, for whatever is asked."""
_FOR_ANY: Final = 2.0
_FOR_A_MEGABYTE: Final = 5.0
"""Seconds of the processor for a check: a document with 51 sign-offs has 0.1 MB and takes 0.3 s."""


def limit(megabytes: int) -> None:
    """For the rest of this process's life."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    bound_library()


def limit_work(size: int) -> None:
    """From now on, for a file of so many bytes; starting and loading do not count, so it is said again after
    them. What is begun beyond the limit ends with SIGXCPU, which nothing here handles."""
    allowed = min(_FOR_ANY + _FOR_A_MEGABYTE * size / 1_000_000, _CPU_SECONDS)
    seconds = math.ceil(time.process_time() + allowed)
    resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, _CPU_SECONDS), _CPU_SECONDS))
