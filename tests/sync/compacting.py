"""Child process of the kill test: `compacting.py URL`. Appends marks and compacts without end.

A mark is printed when its commit has ended, and `COMPACTED` after each compaction.
"""

from __future__ import annotations

import asyncio
import sys

from pycrdt import Doc, Text

from server.domain.text.update_log import LogAppend
from server.settings import FastPath
from server.storage.engine.database import open_database
from server.storage.text.room_log import SqlUpdateLog, open_update_log
from server.sync.projection import compact_updates, load_doc
from server.sync.room.checks.memory import remember
from tests.sync.fast_paths import chosen

COMPACTED = "compacted"


async def main(url: str) -> None:
    log = open_update_log(open_database(url), quick=FastPath.COMMITS in chosen())
    doc = load_doc((await log.load(1)).updates)
    made: list[bytes] = []
    doc.observe(lambda event: made.append(event.update))
    await append(log, doc, made)
    compacting = asyncio.create_task(compact_forever(log))
    while not compacting.done():
        await append(log, doc, made)
        await asyncio.sleep(0)  # an append that is done at once gives nobody else a turn
    compacting.result()


async def append(log: SqlUpdateLog, doc: Doc[Text], made: list[bytes]) -> None:
    text = doc.get("text", type=Text)
    mark = f"<{doc.client_id}.{len(text)}>"
    text.insert(len(text), mark, {})
    batch = [LogAppend(1, tuple(made))]
    assert log.append_at_once(batch) or not await log.append(batch)
    made.clear()
    tell(mark)


async def compact_forever(log: SqlUpdateLog) -> None:
    while True:
        await log.compact(1, compact_updates, remember)
        tell(COMPACTED)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
