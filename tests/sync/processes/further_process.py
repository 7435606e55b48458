"""A further process of the service as far as its rooms go, in the test's own event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from server.storage.engine.database import open_database
from server.storage.text.notifications import Notifications
from server.storage.text.room_log import open_update_log
from server.sync.rooms import Rooms


@asynccontextmanager
async def further_rooms(url: str, origin: str = "further") -> AsyncIterator[Rooms]:
    """Its rooms, over the database at `url`."""
    database = open_database(url)
    log = open_update_log(database, origin)
    rooms = Rooms(log, lambda: datetime.now(UTC), exchange=Notifications(database.engine, origin))
    rooms.start()
    try:
        yield rooms
    finally:
        await rooms.close()
        log.close()
        await database.close()
