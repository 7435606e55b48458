"""The rooms over plain HTTP, for networks that let no WebSockets through.

`GET …/events` opens a line and answers with the first frames; with `?line=ID` it waits for the next ones
(long polling: nothing on the way has to pass on an answer before it is complete). `POST …/frames?line=ID`
brings frames, and with `&leave` ends the line. A line lives in one process; any other says that it knows no
such line, and its client asks again. Whatever else goes wrong with a request ends the line, and its client
opens another one: then both sides ask each other for what they lack, as after any interruption.
"""

from __future__ import annotations

import asyncio
from secrets import token_urlsafe
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.domain.errors import StaleForm
from server.sync.rooms import Rooms
from server.sync.wire.close_codes import CloseCode, Closing
from server.web.http import csrf
from server.web.http.visits import visit_of
from server.web.live.endpoint import Admit, ensure_schema, enter_room
from server.web.live.places import ROOMS
from server.web.live.polling import HttpSocket, PollingSession, read_frames

POLL_TIMEOUT: Final = 8.0
"""Seconds that a question waits for news: an empty answer is a sign of life."""
SESSION_HEADER: Final = "Kraftakt-Session"
CLOSE: Final = "Kraftakt-Close"
"""Headers of an answer: the line's id; a close code and its reason."""


class LiveHttp:
    def __init__(self, rooms: Rooms, admit: Admit) -> None:
        self._rooms = rooms
        self._admit = admit
        self._lines: dict[str, PollingSession] = {}

    def routes(self) -> list[BaseRoute]:
        return [
            route
            for path in ROOMS
            for route in (
                Route(f"/live{path}/events", self.events, methods=["GET"]),
                Route(f"/live{path}/frames", self.frames, methods=["POST"]),
            )
        ]

    async def events(self, request: Request) -> Response:
        try:
            key = request.query_params.get("line") or await self._open(request)
            line = self._line(request, key)
            if line.listening:
                raise Closing(CloseCode.GOING_AWAY, "two questions at once")
            return await self._answer(request, line, key)
        except Closing as why:
            return _closing(why.code, why.reason)

    async def frames(self, request: Request) -> Response:
        """What is wrong with the frames closes the line; the next answer of `events` says why."""
        try:
            line = self._line(request, request.query_params.get("line", ""))
            csrf.ensure_token(visit_of(request), request.headers.get(csrf.HEADER, ""))
            async with line.turn:
                await line.receive(read_frames(await request.body()))
            if "leave" in request.query_params:
                line.leave()
        except StaleForm:
            return _closing(CloseCode.NOT_ALLOWED, "token")
        except Closing as why:
            return _closing(why.code, why.reason)
        return Response(status_code=204)

    async def _open(self, request: Request) -> str:
        ensure_schema(request, own_client=True)
        socket, key = HttpSocket(self._rooms.limits.outgoing), token_urlsafe(16)
        room, connection = await enter_room(request, socket, self._rooms, self._admit, own_client=True)
        self._lines[key] = PollingSession(
            visit_of(request).secret, room, connection, socket, lambda: self._forget(key)
        )
        return key

    def _line(self, request: Request, key: str) -> PollingSession:
        """Nobody else's, and only as long as the person is signed in."""
        visit = visit_of(request)
        if visit.person is None:
            raise Closing(CloseCode.NOT_SIGNED_IN, "not signed in")
        line = self._lines.get(key)
        if line is None or line.secret != visit.secret:
            raise Closing(CloseCode.NO_SUCH_LINE, "no such line")
        return line

    async def _answer(self, request: Request, line: PollingSession, key: str) -> Response:
        line.listens()
        if not await _news_or_gone(request, line.socket):
            line.leave()
            return Response(status_code=204)
        body = line.socket.take()
        if line.socket.end is not None:
            line.leave()
            return _closing(*line.socket.end, body)
        line.rests()
        return Response(body, media_type="application/octet-stream", headers={SESSION_HEADER: key})

    def _forget(self, key: str) -> None:
        self._lines.pop(key, None)


async def _news_or_gone(request: Request, socket: HttpSocket) -> bool:
    """False: the client has hung up. An empty answer after `POLL_TIMEOUT` seconds counts as news."""
    news = asyncio.create_task(socket.wait_for_news())
    gone = asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait((news, gone), timeout=POLL_TIMEOUT, return_when=asyncio.FIRST_COMPLETED)
        return news.done() or not gone.done()
    finally:
        news.cancel()
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _closing(code: int, reason: str, body: bytes = b"") -> Response:
    return Response(body, media_type="application/octet-stream", headers={CLOSE: f"{int(code)} {reason}"})
