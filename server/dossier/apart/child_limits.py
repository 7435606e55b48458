"""What a process that reads a stranger's file may use."""

from __future__ import annotations

import resource
from typing import Final

from server.documents.reading.safe_streams import bound_library

_CPU_SECONDS: Final = 20
"""Of processor time: a check of an ordinary document takes less than one."""


def limit(megabytes: int) -> None:
    """For the rest of this process's life."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    bound_library()
