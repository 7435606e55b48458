"""Room for SQLite's write-ahead log, made once.

A file that grows with every commit costs two writes to the disk for each: the pages and the file's new size.
After a checkpoint SQLite writes its log anew from the beginning; one that has its size needs the pages only.
What lies behind the last valid frame is never read: zeros are no frame (sqlite.org/fileformat2.html, 4.2).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

PAGES: Final = 1_000
"""After which SQLite writes the log back and begins anew."""
SPARE: Final = 1_000
"""Beyond them, until a commit comes that writes the log back (`server/storage/engine/quick_commits.py`)."""
_HEADER: Final = 32
_FRAME_HEAD: Final = 24


def make_room(connection: Connection) -> None:
    """While nobody else writes, which the transaction ensures."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        page_size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        wanted = _HEADER + (PAGES + SPARE) * (_FRAME_HEAD + page_size)
        for _, _, path in connection.exec_driver_sql("PRAGMA database_list").all():
            if path:
                _extend(Path(f"{path}-wal"), wanted)
    finally:
        connection.rollback()


def _extend(log: Path, wanted: int) -> None:
    """Written, not merely reserved: what is reserved has to be noted when it is first used.

    Where there is no room the log grows as ever, and whoever commits hears of a full disk.
    """
    with suppress(OSError), log.open("ab") as file:
        missing = wanted - file.tell()
        if missing > 0:
            file.write(bytes(missing))
            file.flush()
            os.fsync(file.fileno())
