"""Which fast paths the servers of these tests take.

`KRAFTAKT_TEST_FAST_PATHS=none` runs all of them without; else those marked `both_ways` run with and without.
What tests a fast path itself is marked `always_fast`.
"""

from __future__ import annotations

import os
from typing import Final

from server.settings import FastPath, read_fast_paths

FastPaths = frozenset[FastPath]

ALL: Final[FastPaths] = frozenset(FastPath)
NONE: Final[FastPaths] = frozenset()


def chosen() -> FastPaths:
    """For the whole run."""
    return read_fast_paths(os.environ.get("KRAFTAKT_TEST_FAST_PATHS", ""))


def setting(paths: FastPaths) -> str:
    """As `KRAFTAKT_FAST_PATHS` says it."""
    return ",".join(paths) or "none"
