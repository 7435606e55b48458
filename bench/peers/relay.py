"""`relay.py PORT`: every message goes to everybody else in the room, one send each. The floor of its kind."""

import contextlib
import sys
from collections import defaultdict
from typing import Any

import uvicorn

rooms: defaultdict[str, set[Any]] = defaultdict(set)


async def app(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    room = rooms[scope["path"]]
    room.add(send)
    try:
        while (message := await receive())["type"] == "websocket.receive":
            out = {"type": "websocket.send", "bytes": message["bytes"]}
            for other in room - {send}:
                with contextlib.suppress(Exception):  # it has just left
                    await other(out)
    finally:
        room.discard(send)


uvicorn.run(
    app,
    host="127.0.0.1",
    port=int(sys.argv[1]),
    loop="uvloop",
    ws="websockets-sansio",
    ws_per_message_deflate=False,
    lifespan="off",
    log_level="warning",
)
