"""The WebSocket endpoint of the rooms: who may come in, and what the frames are on this transport."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from time import monotonic
from urllib.parse import urlsplit

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.domain.errors import NotAllowed, NotFound, NotSignedIn
from server.domain.permissions import Access, can_edit_text, can_join_room
from server.sync.attestation import Member
from server.sync.close_codes import CloseCode, Closing
from server.sync.connection import Connection
from server.sync.room import SCHEMA, Room
from server.sync.rooms import Rooms
from server.sync.wire import SUBPROTOCOL

log = logging.getLogger(__name__)

AccessOf = Callable[[WebSocket, str], Awaitable[Access]]
"""Who is this and what may they do in the declaration with this slug?

Raises NotSignedIn, NotAllowed or NotFound.
"""


def live_endpoint(
    rooms: Rooms, access_of: AccessOf, origins: Collection[str]
) -> Callable[[WebSocket], Awaitable[None]]:
    """For a route with the path parameter `slug`. `origins` are allowed besides the page's own."""

    async def endpoint(websocket: WebSocket) -> None:
        own_client = SUBPROTOCOL in websocket.scope["subprotocols"]
        # Accepted first: browsers hide from scripts why a handshake was refused, but not close codes.
        await websocket.accept(subprotocol=SUBPROTOCOL if own_client else None)
        try:
            _ensure_origin(websocket, origins)
            _ensure_schema(websocket, own_client=own_client)
            await _serve(websocket, rooms, access_of, own_client=own_client)
        except Closing as why:
            await websocket.close(why.code, why.reason)

    return endpoint


def _ensure_origin(websocket: WebSocket, origins: Collection[str]) -> None:
    """Browsers always say where a page comes from; other programs have no cookies of somebody else's."""
    origin = websocket.headers.get("origin")
    if origin is None or origin in origins or urlsplit(origin).netloc == websocket.headers.get("host"):
        return
    raise Closing(CloseCode.NOT_ALLOWED, "foreign origin")


def _ensure_schema(websocket: WebSocket, *, own_client: bool) -> None:
    """Stock clients say nothing; they bring no editor of ours."""
    if websocket.query_params.get("schema", "" if own_client else str(SCHEMA)) != str(SCHEMA):
        raise Closing(CloseCode.SCHEMA_TOO_OLD, "reload the page")


async def _serve(websocket: WebSocket, rooms: Rooms, access_of: AccessOf, *, own_client: bool) -> None:
    changes = rooms.access_changes
    access = await _access(websocket, access_of)
    connection = Connection(
        WebSocketSocket(websocket),
        _member(access),
        monotonic,
        rooms.limits,
        phase=access.phase.value,
        may_edit=can_edit_text(access),
        own_client=own_client,
    )
    room = await rooms.join(access.declaration.id, connection)
    if rooms.access_changes != changes:  # while the text was loaded
        connection.close(Closing(CloseCode.ACCESS_CHANGED, "access changed"))
    pump = asyncio.create_task(connection.pump())
    listener = asyncio.create_task(_listen(websocket, room, connection))
    try:
        await asyncio.wait((pump, listener), return_when=asyncio.FIRST_COMPLETED)
    finally:
        room.leave(connection)
        await _end(pump, listener)


async def _access(websocket: WebSocket, access_of: AccessOf) -> Access:
    try:
        access = await access_of(websocket, websocket.path_params["slug"])
    except NotSignedIn as error:
        raise Closing(CloseCode.NOT_SIGNED_IN, "not signed in") from error
    except (NotAllowed, NotFound) as error:
        raise Closing(CloseCode.NOT_ALLOWED, "not allowed") from error
    if not can_join_room(access):
        raise Closing(CloseCode.NOT_ALLOWED, "not allowed")
    return access


def _member(access: Access) -> Member:
    town = access.municipality
    if town is None:
        return Member(access.person.id, access.person.name)
    return Member(access.person.id, access.person.name, town.ags, town.name)


async def _listen(websocket: WebSocket, room: Room, connection: Connection) -> None:
    """Until the other end is gone. What it does wrong closes the connection, which ends the pump."""
    while connection.open:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        try:
            await room.receive(connection, _binary(message.get("bytes")))
        except Closing as why:
            log.info("closing a connection: %s", why)
            connection.close(why)
    await asyncio.Event().wait()  # the pump still has to send the rest and the reason


def _binary(data: bytes | None) -> bytes:
    if data is None:
        raise Closing(CloseCode.MALFORMED, "text frame")
    return data


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
            log.error("a connection broke", exc_info=result)


class WebSocketSocket:
    """Satisfies `server.sync.connection.Socket`."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    def send(self, frame: bytes) -> Awaitable[None]:
        return self._websocket.send({"type": "websocket.send", "bytes": frame})

    async def close(self, code: int, reason: str) -> None:
        await self._websocket.close(code, reason)
