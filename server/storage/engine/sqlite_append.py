"""The short cut for appending updates on SQLite: what happens with every few keys that somebody presses.

SQLAlchemy hands over the driver's cursor and stays out of the way: through its own layers the same commit
costs three times the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.engine.interfaces import DBAPICursor

from server.domain.text.update_log import LogAppend

_INSERT: Final = """
INSERT INTO updates (text_id, data)
SELECT texts.id, ? FROM texts JOIN declarations ON declarations.id = texts.declaration_id
WHERE texts.id = ? AND (
  declarations.phase = 'drafting'
  OR texts.kind = 'translation' AND declarations.phase IN ('signing', 'sealed', 'published')
)
"""
"""Asks for the phase and writes in one step, so that nothing can come between. The phases are those of
`server.domain.text.texts.WRITTEN_IN`; a test compares."""


def is_plain(batch: Sequence[LogAppend]) -> bool:
    """Whether it brings no new writers; batches with new writers are rare and go through SQLAlchemy."""
    return not [part for part in batch if part.writers]  # a generator costs twice as much


def append_plain(cursor: DBAPICursor, batch: Sequence[LogAppend]) -> bool:
    """Writes and commits all of it. False: some text's declaration forbids it; nothing was written."""
    rows = [(data, part.text_id) for part in batch for data in part.updates]
    if len(rows) == 1:  # one statement is a transaction of its own
        cursor.execute(_INSERT, rows[0])
        return cursor.rowcount == 1
    cursor.execute("BEGIN IMMEDIATE")
    cursor.executemany(_INSERT, rows)
    complete = cursor.rowcount == len(rows)
    cursor.execute("COMMIT" if complete else "ROLLBACK")
    return complete
