"""The other processes that serve the same rooms.

The log is the truth: a commit elsewhere is read from it and relayed here. Notifications only wake us; every
few seconds, and after each interruption, the rooms compare their position with the database's.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from time import monotonic
from typing import Final

from server.domain.text.update_log import LogGrowth
from server.sync.room.room import Room
from server.sync.store import Exchange, UpdateLog
from server.sync.wire.notices import RoomNotice, Topic
from server.sync.wire.peer_messages import (
    ALIVE,
    AccessNews,
    Farewell,
    LimitNews,
    News,
    NoticeNews,
    PresenceNews,
    Question,
    SessionNews,
    decode_news,
    encode_news,
)

log = logging.getLogger(__name__)

POLL: Final = 2.0
"""Seconds between two comparisons with the database, which are also signs of life."""
SILENCE: Final = 3 * POLL
"""Seconds after which a process that says nothing is taken for dead, and its people for gone."""
RETRY: Final = 0.5
CLOSE_TIMEOUT: Final = 2.0
MAX_WAITING: Final = 10_000
"""Messages kept while the database does not answer."""


class Peers:
    def __init__(
        self,
        exchange: Exchange,
        store: UpdateLog,
        rooms: Callable[[], Iterable[Room]],
        access_changed: Callable[[int], None],
        session_ended: Callable[[str], None],
        taken: Callable[[str], None],
    ) -> None:
        """`rooms`: those loaded here. `access_changed`: closes this process's sockets of a declaration;
        `session_ended`: those of a session. `taken`: hears what a limit has counted elsewhere."""
        self._exchange = exchange
        self._store = store
        self._rooms = rooms
        self._access_changed = access_changed
        self._session_ended = session_ended
        self._taken = taken
        self._waiting: deque[bytes] = deque(maxlen=MAX_WAITING)
        self._wake = asyncio.Event()
        self._following: dict[Room, bool] = {}
        self._heard_at: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._spawn(self._exchange.listen(self._grown, self._heard, self._gap))
        self._spawn(self._deliver())
        self._spawn(self._poll())

    async def close(self) -> None:
        """After the rooms."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            farewell = [*self._waiting, encode_news(Farewell())]
            await asyncio.wait_for(self._exchange.publish(farewell), CLOSE_TIMEOUT)
        except Exception as error:  # they will notice by themselves
            log.warning("cannot announce the shutdown to other processes: %s", type(error).__name__)

    # What we tell

    def publish(self, news: News) -> None:
        self._send(encode_news(news))

    def room_opened(self, room: Room) -> None:
        """It may have been loaded while others wrote, and does not know who else is in it."""
        self.publish(Question((room.text_id,)))
        self.follow(room)

    def _send(self, message: bytes) -> None:
        self._waiting.append(message)
        self._wake.set()

    async def _deliver(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            messages = list(self._waiting)
            try:
                await self._exchange.publish(messages)
            except Exception as error:  # whatever the database says: the next attempt may work
                log.warning("cannot tell other processes: %s", type(error).__name__)
                self._wake.set()
                await asyncio.sleep(RETRY)
            else:
                for _ in messages:
                    self._waiting.popleft()

    # What we hear

    def _grown(self, growth: LogGrowth) -> None:
        room = self._find(growth.text_id)
        if room is not None and not room.grown(growth):
            self.follow(room)

    def _heard(self, origin: str, message: bytes) -> None:
        self._heard_at[origin] = monotonic()
        match decode_news(message):
            case AccessNews(declaration_id):
                self._access_changed(declaration_id)
            case SessionNews(session):
                self._session_ended(session)
            case NoticeNews(declaration_id, notice):
                self._notify(declaration_id, notice)
            case Question(text_ids):
                self._answer(text_ids)
            case PresenceNews() as news:
                room = self._find(news.text_id)
                if room is not None:
                    room.presence.remote.hear(origin, news)
            case LimitNews(key, _):
                self._taken(key)
            case Farewell():
                self._forget(origin)
            case None:
                pass

    def _notify(self, declaration_id: int, notice: RoomNotice) -> None:
        for room in self._rooms():
            if room.declaration_id == declaration_id:
                room.notify(notice)

    def _answer(self, text_ids: Iterable[int]) -> None:
        for text_id in text_ids:
            room = self._find(text_id)
            if room is not None:
                room.presence.publish_all()

    def _gap(self) -> None:
        """Something may have been missed: text, notices, and who is where."""
        rooms = list(self._rooms())
        for room in rooms:
            self.follow(room)
            for topic in Topic:
                room.notify(RoomNotice(topic))
        if rooms:
            self.publish(Question(tuple(room.text_id for room in rooms)))

    def _find(self, text_id: int) -> Room | None:
        return next((room for room in self._rooms() if room.text_id == text_id), None)

    # Catching up

    def follow(self, room: Room) -> None:
        """Reads what the log holds beyond the room's position; one reader a room at a time."""
        if room in self._following:
            self._following[room] = True
        else:
            self._following[room] = False
            self._spawn(self._follow(room))

    async def _follow(self, room: Room) -> None:
        again = True
        try:
            while again and not room.closed:
                self._following[room] = False
                await self._catch_up(room)
                again = self._following[room]
        except Exception as error:  # the next comparison tries again
            log.warning("text %s: cannot catch up: %s", room.text_id, type(error).__name__)
        finally:
            del self._following[room]

    async def _catch_up(self, room: Room) -> None:
        room.follow(await self._store.load_since(room.text_id, room.position))
        unknown = room.unknown_writers()
        if unknown:
            room.attestation.learn(await self._store.load_writers(room.text_id, unknown), unknown)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            self._send(ALIVE)
            self._forget_the_silent()
            try:
                await self._compare()
            except Exception as error:  # the database is away; the listener says so loudly
                log.warning("cannot compare with the database: %s", type(error).__name__)

    async def _compare(self) -> None:
        rooms = {room.text_id: room for room in self._rooms()}
        if not rooms:
            return
        standings = await self._store.load_standings(rooms)
        for text_id, standing in standings.items():
            room = rooms[text_id]
            if standing.position > room.position:
                self.follow(room)
            if room.knows_another_phase(standing.phase):
                self._access_changed(room.declaration_id)

    def _forget_the_silent(self) -> None:
        now = monotonic()
        for origin, at in list(self._heard_at.items()):
            if now - at > SILENCE:
                self._forget(origin)

    def _forget(self, origin: str) -> None:
        del self._heard_at[origin]
        for room in self._rooms():
            room.presence.remote.gone(origin)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
