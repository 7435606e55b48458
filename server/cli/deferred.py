"""Commands whose modules are imported when they are called: the check of a file needs no web, no database."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Deferred:
    """The function of `server.cli.<module>`; it gives the exit code."""

    module: str
    function: str

    def load(self) -> Callable[[Namespace], int]:
        found: Callable[[Namespace], int] = getattr(import_module(f"server.cli.{self.module}"), self.function)
        return found

    def __call__(self, options: Namespace) -> int:
        return self.load()(options)
