"""`pycrdt_websocket.py PORT DATABASE`: pycrdt-websocket on uvicorn, each room with its SQLite store.

A room is ready only when its store has been read, the pattern of jupyter-collaboration: without it people
who open a stored text at the same moment find it empty.
"""

import contextlib
import sys

import uvicorn
import uvloop
from pycrdt.store import SQLiteYStore, YDocNotFound
from pycrdt.websocket import ASGIServer, WebsocketServer, YRoom, exception_logger


class Store(SQLiteYStore):
    db_path = sys.argv[2]


class StoringServer(WebsocketServer):
    async def get_room(self, name: str) -> YRoom:
        if name not in self.rooms:
            await self._open(name)
        room = self.rooms[name]
        await room.ready_event.wait()
        await self.start_room(room)
        return room

    async def _open(self, name: str) -> None:
        store = Store(name)
        room = YRoom(ready=False, ystore=store, exception_handler=exception_logger)
        self.rooms[name] = room
        await self.start_room(room)
        async with store.start_lock:
            if not store.started.is_set():
                await self._task_group.start(store.start)
        with contextlib.suppress(YDocNotFound):
            await store.apply_updates(room.ydoc)
        room.ready = True


async def main() -> None:
    # Without the handler a client that vanishes while something is sent to it ends the whole server.
    server = StoringServer(exception_handler=exception_logger)
    config = uvicorn.Config(ASGIServer(server), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
    async with server:
        await uvicorn.Server(config).serve()


uvloop.run(main())
