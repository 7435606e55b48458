"""The WebSocket endpoint of the rooms: who may come in, and how its messages reach the room."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from server.domain.errors import NotAllowed, NotFound, NotSignedIn
from server.domain.permissions import Access
from server.domain.room_rights import RoomRights
from server.sync.attestation import Member
from server.sync.room.connection import Connection
from server.sync.room.room import SCHEMA, Room
from server.sync.room.socket import Socket
from server.sync.rooms import Rooms
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import SUBPROTOCOL
from server.web.live.sockets import open_socket, protocol_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """The room that an address leads into. `original_id`: of which text its own is a branch. `rights`: of the
    person who comes."""

    text_id: int
    rights: RoomRights
    original_id: int | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """`lasts`: seconds for which the person is still signed in; `session` names the session."""

    access: Access
    place: Place
    lasts: float
    session: str = ""


Admit = Callable[[HTTPConnection], Awaitable[Admission]]
"""Who is this, where does the address lead and what may they do there?

Raises NotSignedIn, NotAllowed or NotFound.
"""


def live_endpoint(
    rooms: Rooms, admit: Admit, origins: Collection[str]
) -> Callable[[WebSocket], Awaitable[None]]:
    """For routes whose path parameters `admit` knows. `origins` are allowed besides the page's own."""

    async def endpoint(websocket: WebSocket) -> None:
        own_client = speaks_our_protocol(websocket)
        # Accepted first: browsers hide from scripts why a handshake was refused, but not close codes.
        await websocket.accept(subprotocol=SUBPROTOCOL if own_client else None)
        try:
            _ensure_origin(websocket, origins)
            ensure_schema(websocket, own_client=own_client)
            await _serve(websocket, rooms, admit)
        except Closing as why:
            await websocket.close(why.code, why.reason)

    return endpoint


def speaks_our_protocol(websocket: WebSocket) -> bool:
    return SUBPROTOCOL in websocket.scope["subprotocols"]


def _ensure_origin(websocket: WebSocket, origins: Collection[str]) -> None:
    """Browsers always say where a page comes from; other programs have no cookies of somebody else's."""
    origin = websocket.headers.get("origin")
    if origin is None or origin in origins or urlsplit(origin).netloc == websocket.headers.get("host"):
        return
    raise Closing(CloseCode.NOT_ALLOWED, "foreign origin")


def ensure_schema(request: HTTPConnection, *, own_client: bool) -> None:
    """Stock clients say nothing; they bring no editor of ours. Raises Closing."""
    if request.query_params.get("schema", "" if own_client else str(SCHEMA)) != str(SCHEMA):
        raise Closing(CloseCode.SCHEMA_TOO_OLD, "reload the page")


def _ensure_person(request: HTTPConnection, person: int) -> None:
    """A page names the person it was made for. Somebody who signed in since, in another window of the
    browser, must not write that person's words in their own name. Stock clients send no name. Raises
    Closing."""
    if request.query_params.get("person", str(person)) != str(person):
        raise Closing(CloseCode.NOT_SIGNED_IN, "somebody else is signed in")


async def _serve(websocket: WebSocket, rooms: Rooms, admit: Admit) -> None:
    socket = open_socket(websocket, rooms.limits.outgoing)
    own_client = speaks_our_protocol(websocket)
    room, connection = await enter_room(websocket, socket, rooms, admit, own_client=own_client)
    try:
        with short_cut(websocket, room, connection):
            await socket.run(_listen(websocket, room, connection))
    finally:
        room.leave(connection)


async def enter_room(
    request: HTTPConnection, socket: Socket, rooms: Rooms, admit: Admit, *, own_client: bool
) -> tuple[Room, Connection]:
    """Joins the room that the path names. Raises Closing."""
    changes, ended = rooms.access_changes, rooms.sessions_ended
    admission = await _admission(request, admit)
    access, place = admission.access, admission.place
    _ensure_person(request, access.person.id)
    connection = Connection(
        socket,
        _member(access),
        monotonic,
        rooms.limits,
        phase=access.phase.value,
        rights=place.rights,
        own_client=own_client,
        session_ends=monotonic() + admission.lasts,
    )
    connection.session = admission.session
    declaration_id = access.declaration.id
    room = await rooms.join(
        place.text_id, connection, declaration_id=declaration_id, original_id=place.original_id
    )
    if rooms.access_changes != changes:  # while the text was loaded
        connection.close(Closing(CloseCode.ACCESS_CHANGED, "access changed"))
    elif rooms.sessions_ended != ended:  # perhaps this one: asking again tells
        connection.close(Closing(CloseCode.ACCESS_CHANGED, "a session ended"))
    return room, connection


async def _admission(request: HTTPConnection, admit: Admit) -> Admission:
    try:
        return await admit(request)
    except NotSignedIn as error:
        raise Closing(CloseCode.NOT_SIGNED_IN, "not signed in") from error
    except (NotAllowed, NotFound) as error:
        raise Closing(CloseCode.NOT_ALLOWED, "not allowed") from error


def _member(access: Access) -> Member:
    town = access.municipality
    if town is None:
        return Member(access.person.id, access.person.name)
    return Member(access.person.id, access.person.name, town.ags, town.name)


@contextmanager
def short_cut(websocket: WebSocket, room: Room, connection: Connection) -> Iterator[None]:
    """Where the server offers it, small messages reach the room at once, without waking the endpoint."""

    def receive(frame: bytes) -> None:
        if connection.open:
            try:
                room.receive(connection, frame)
            except Closing as why:
                _close(connection, why)

    protocol = protocol_of(websocket)
    if protocol is None:
        yield
        return
    protocol.attach(receive)
    try:
        yield
    finally:
        protocol.detach()


async def _listen(websocket: WebSocket, room: Room, connection: Connection) -> None:
    """Until the peer has disconnected or was sent a close code."""
    while (message := await websocket.receive())["type"] != "websocket.disconnect":
        if connection.open:
            try:
                await room.receive_large(connection, _binary(message.get("bytes")))
            except Closing as why:
                _close(connection, why)


def _close(connection: Connection, why: Closing) -> None:
    log.info("closing a connection: %s", why)
    connection.close(why)


def _binary(data: bytes | None) -> bytes:
    if data is None:
        raise Closing(CloseCode.MALFORMED, "text frame")
    return data
