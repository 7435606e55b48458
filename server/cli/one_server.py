"""Two servers on one SQLite file would not hear of each other's words: the second refuses to start."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from server.settings import BadSettings


@contextmanager
def only_server(database: str) -> Iterator[None]:
    """While the block runs, no other server takes this database file. The lock ends with the process, however
    that ends. Raises BadSettings. PostgreSQL is made for several."""
    url = make_url(database)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        yield
        return
    path = Path(f"{url.database}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise BadSettings(
            f"Another server is already running on {url.database}. Stop it first, give this one its own "
            "KRAFTAKT_DATA, or use PostgreSQL (KRAFTAKT_DATABASE) for several servers."
        ) from error
    try:
        yield
    finally:
        os.close(descriptor)
