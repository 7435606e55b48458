"""Read once in a test run, because every service of it reads the same: catalogues, templates, built files.
Private keys, too: to look whether an RSA key is sound takes as long as a hundred signatures with it.

SQLite does not wait for the disk meanwhile: only our own processes are killed in the tests, never the
machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from cryptography.hazmat.primitives import serialization

from server import app, catalogues
from server.storage.engine import sqlite
from server.web.http import context

NOT_WAITING = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in sqlite._USUAL)


@contextmanager
def read_once() -> Iterator[None]:
    """Applications made within share them. What they share is never changed, only compiled further."""
    with (
        patch.object(catalogues, "_load", cache(catalogues._load)),
        patch.object(context, "StaticFiles", cache(context.StaticFiles)),
        patch.object(context, "Pages", cache(context.Pages)),
        patch.object(sqlite, "_USUAL", NOT_WAITING),
        patch.object(app, "Messages", cache(app.Messages)),
        patch.object(serialization, "load_der_private_key", cache(serialization.load_der_private_key)),
    ):
        yield
