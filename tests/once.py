"""Read once in a test run, because every service of it reads the same: catalogues, templates, built files.
Private keys, too: to look whether an RSA key is sound takes as long as a hundred signatures with it.
Pages' templates are compiled once for all processes of the run.

SQLite does not wait for the disk meanwhile: only our own processes are killed in the tests, never the
machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from cryptography.hazmat.primitives import serialization
from jinja2 import Environment, FileSystemBytecodeCache

from server import app, catalogues
from server.domain.people.languages import Language
from server.storage.engine import sqlite
from server.web.http import context
from server.web.http.pages import templating

COMPILED: Final = "TEST_COMPILED_TEMPLATES"
"""The environment's name for the run's folder of them; without it, each process compiles its own."""
NOT_WAITING = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in sqlite._USUAL)

_make_environment: Final = templating._environment


def _compiled_once(templates: Path, language: Language, *others: Any) -> Environment:
    environment = _make_environment(templates, language, *others)
    if COMPILED in os.environ:
        # one a language: what a filter makes of a constant is compiled with it
        folder = Path(os.environ[COMPILED]) / language
        folder.mkdir(exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return environment


@contextmanager
def read_once() -> Iterator[None]:
    """Applications made within share them. What they share is never changed, only compiled further."""
    with (
        patch.object(catalogues, "_load", cache(catalogues._load)),
        patch.object(context, "StaticFiles", cache(context.StaticFiles)),
        patch.object(context, "Pages", cache(context.Pages)),
        patch.object(templating, "_environment", _compiled_once),
        patch.object(sqlite, "_USUAL", NOT_WAITING),
        patch.object(app, "Messages", cache(app.Messages)),
        patch.object(serialization, "load_der_private_key", cache(serialization.load_der_private_key)),
    ):
        yield
