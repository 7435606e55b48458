"""All rooms of this process: each is loaded once, when somebody comes, and forgotten when nobody is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from itertools import count
from typing import Final

from server.domain.errors import StorageFailed
from server.domain.text.branches.branches import prefix_of
from server.domain.text.errors import TooLongForText, WriterTaken
from server.domain.text.update_log import LogAppend, StoredLog
from server.sync.attestation import THE_SERVICE, Attestation, Member
from server.sync.gaps import LoadedLog, load_log
from server.sync.processes.peers import Peers
from server.sync.projection import compact_updates
from server.sync.room.checks.memory import remember
from server.sync.room.checks.schema_check import SchemaCheck
from server.sync.room.connection import Connection
from server.sync.room.connection_counts import ConnectionCounts
from server.sync.room.direct_write import DirectWrite
from server.sync.room.feed import Feed
from server.sync.room.limits import Limits
from server.sync.room.room import Room
from server.sync.room.text_state import TextState
from server.sync.room.writer import GroupWriter, Pace
from server.sync.store import Exchange, UpdateLog
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import Malformed
from server.sync.wire.notices import RoomNotice, Topic
from server.sync.wire.peer_messages import AccessNews, LimitNews, NoticeNews, SessionNews
from server.sync.wire.text_schema import MAX_BLOCK
from server.sync.wire.update_check import check_update

log = logging.getLogger(__name__)

STOP_TIMEOUT: Final = 1.5
"""Seconds that a stopping server gives the storage."""
NOTHING_STORED: Final = StoredLog()
SHORT: Final = 4_096
"""Bytes of a log up to which its doc is made at once: a thread costs more than that."""


class Rooms:
    def __init__(
        self,
        store: UpdateLog,
        now: Callable[[], datetime],
        limits: Limits | None = None,
        pace: Pace | None = None,
        exchange: Exchange | None = None,
        before_compaction: Callable[[int], Awaitable[None]] | None = None,
        witness: Callable[[int, int, bool], None] | None = None,
    ) -> None:
        """`exchange`: with the other processes that serve the same rooms. `before_compaction`: keeps what a
        text's log is about to forget. `witness`: hears text and person of all who come (True) or leave."""
        self._store = store
        self._now = now
        self.limits = limits or Limits()
        self._writer = GroupWriter(store, pace)
        self._peers = (
            None
            if exchange is None
            else Peers(
                exchange,
                store,
                self._loaded,
                self._close_rooms,
                self._end_session,
                self._hear_taken,
            )
        )
        self._loading: dict[int, asyncio.Task[Room]] = {}
        self._chores: set[asyncio.Task[None]] = set()
        self._compacting: set[int] = set()
        self._sources: dict[int, tuple[Room, Feed]] = {}
        """Of the branches that are open: the original's room, and what it hands on."""
        self._counts = ConnectionCounts()
        self._before_compaction = before_compaction
        self._witness = witness
        self._closed = False
        self.access_changes = 0
        """Grows with every `access_changed`: rights loaded before must be loaded again."""
        self.sessions_ended = 0
        """Grows with every `end_session`, likewise."""
        self._taken = count()
        self.taken_elsewhere: Callable[[str], None] = lambda _: None
        """Hears what a limit has counted at another process: see `tell_taken`."""

    def start(self) -> None:
        """Inside the running event loop, before the first connection."""
        self._writer.start()
        if self._peers is not None:
            self._peers.start()

    @property
    def storage_failing(self) -> bool:
        """Something that was taken in cannot be stored at present."""
        return self._writer.failing

    async def close(self) -> None:
        """Closes every socket and returns when everything taken in is on disk (or cannot be stored)."""
        self._closed = True
        for room in self._loaded():
            room.close(CloseCode.GOING_AWAY, "the server stops")
        await self._writer.stop(STOP_TIMEOUT)
        for room in self._loaded():
            room.refuse_writes(StorageFailed())
        if self._peers is not None:
            await self._peers.close()
        for chore in (*self._chores, *self._loading.values()):
            chore.cancel()

    async def join(
        self, text_id: int, connection: Connection, *, declaration_id: int, original_id: int | None = None
    ) -> Room:
        """Brings the connection into its room. `declaration_id`: whose text it is. `original_id`: of which
        text it is a branch.

        Raises Closing when the text cannot be loaded, and for a person's one connection too many.
        """
        room = await self._open_room(text_id, declaration_id, original_id)
        self._enter(room, connection)
        return room

    async def write(
        self, text_id: int, update: bytes, member: Member = THE_SERVICE, *, declaration_id: int
    ) -> None:
        """The service's own door into a text: the update goes the way of everybody's, and is on disk when
        this returns. Whether anybody is in the room makes no difference.

        `declaration_id`: whose text it is. `member`: in whose name; who may what is the caller's business.
        If storage fails while the update is on its way, this waits until it works again: what was taken in
        will be stored, whoever waits for it.

        Raises WrongPhase, NotFound, TooLongForText, WriterTaken, StorageFailed, and Malformed for what is no
        update or builds on something that is not there: then nothing was written.
        """
        facts = await asyncio.to_thread(check_update, update)
        write = DirectWrite(member)
        try:
            room = await self._open_room(text_id, declaration_id)
            try:
                room.write(write, update, facts)
            finally:
                self._at_rest(room)  # it may have been loaded for nothing
        except Closing as why:
            raise _error_of(why) from why
        await write.done

    async def ensure_fits(
        self, text_id: int, update: bytes, member: Member = THE_SERVICE, *, declaration_id: int
    ) -> None:
        """For what is recorded before it is written. Raises what `write` would, as the text stands now."""
        facts = await asyncio.to_thread(check_update, update)
        try:
            room = await self._open_room(text_id, declaration_id)
            try:
                room.ensure_fits(update, facts, member)
            finally:
                self._at_rest(room)
        except Closing as why:
            raise _error_of(why) from why

    def bring(self, part: LogAppend) -> None:
        """Call after a commit that appended to a text's log past its room, which shows it from now on."""

        def tell(loaded: asyncio.Task[Room]) -> None:
            if not loaded.cancelled() and not loaded.exception():
                loaded.result().bring(part.updates, part.writers)

        loading = self._loading.get(part.text_id)
        if loading is None:
            return  # whoever comes reads the log
        if loading.done():
            tell(loading)
        else:
            loading.add_done_callback(tell)

    async def _open_room(self, text_id: int, declaration_id: int, original_id: int | None = None) -> Room:
        """The one that is current until the next await. Raises Closing."""
        while not self._closed:
            room = await self._room(text_id, declaration_id, original_id)
            if not room.closed and self._is_current(room):
                return room
        raise Closing(CloseCode.GOING_AWAY, "the server stops")

    def _enter(self, room: Room, connection: Connection) -> None:
        try:
            self._counts.enter(connection, self.limits.connections_per_person)
        except Closing:
            self._at_rest(room)  # it may have been loaded for nobody
            raise
        if not room.is_branch:
            self._watch(room.text_id, connection)
        room.join(connection)

    def _watch(self, text_id: int, connection: Connection) -> None:
        """Until it leaves."""
        witness, person, counted = self._witness, connection.member.person, connection.on_leave
        if witness is None:
            return

        def left() -> None:
            counted()
            witness(text_id, person, False)

        connection.on_leave = left
        witness(text_id, person, True)

    def access_changed(self, declaration_id: int) -> None:
        """Call after a commit that changes the phase or anybody's rights: everybody reconnects and is
        authorised again."""
        self._close_rooms(declaration_id)
        if self._peers is not None:
            self._peers.publish(AccessNews(declaration_id))

    def end_session(self, session: str) -> None:
        """Call after a commit that ends it: its connections close at whichever process, nobody else's."""
        self._end_session(session)
        if self._peers is not None:
            self._peers.publish(SessionNews(session))

    def _end_session(self, session: str) -> None:
        self.sessions_ended += 1
        for room in self._loaded():
            room.end_session(session)

    def notify(self, declaration_id: int, topic: Topic, about: int | str | None = None) -> None:
        """After a commit: tells everybody who has one of the declaration's texts open, at whichever process.

        `about`: what of the topic has changed; None: anything may have.
        """
        notice = RoomNotice(topic, about)
        for room in self._rooms_of(declaration_id):
            room.notify(notice)
        if self._peers is not None:
            self._peers.publish(NoticeNews(declaration_id, notice))

    def tell_taken(self, key: str) -> None:
        """The other processes count it too. `key` names limit and person or network so that nobody who hears
        it can read them."""
        if self._peers is not None:
            self._peers.publish(LimitNews(key, next(self._taken)))

    def _hear_taken(self, key: str) -> None:
        self.taken_elsewhere(key)

    def _rooms_of(self, declaration_id: int) -> list[Room]:
        """Those of all its texts."""
        return [room for room in self._loaded() if room.declaration_id == declaration_id]

    def _close_rooms(self, declaration_id: int) -> None:
        self.access_changes += 1
        for room in self._rooms_of(declaration_id):
            room.close(CloseCode.ACCESS_CHANGED, "access changed")

    async def _room(self, text_id: int, declaration_id: int, original_id: int | None) -> Room:
        loading = self._loading.get(text_id)
        if loading is None:
            loading = asyncio.create_task(
                self._load(text_id, declaration_id)
                if original_id is None
                else self._load_branch(text_id, declaration_id, original_id)
            )
            self._loading[text_id] = loading
        try:
            return await asyncio.shield(loading)
        except Exception as error:
            log.critical("text %s cannot be loaded: %s", text_id, type(error).__name__)
            if self._loading.get(text_id) is loading:
                del self._loading[text_id]
            raise Closing(CloseCode.STORAGE_FAILED, "the text cannot be loaded") from error

    async def _load(self, text_id: int, declaration_id: int) -> Room:
        return await self._make(text_id, declaration_id, await self._store.load(text_id))

    async def _load_branch(self, text_id: int, declaration_id: int, original_id: int) -> Room:
        """The original's log with the branch's own on top. What comes into the original meanwhile waits."""
        original = await self._open_room(original_id, declaration_id)
        feed = original.feeds.begin()
        try:
            below, own = await self._store.load(original_id), await self._store.load(text_id)
            room = await self._make(text_id, declaration_id, own, below, prefix_of(text_id))
        except BaseException:
            original.feeds.remove(feed)
            raise
        self._sources[text_id] = original, feed
        feed.open(room)
        return room

    def _release(self, text_id: int) -> None:
        """A branch's room is given up."""
        original, feed = self._sources.pop(text_id, (None, None))
        if original is not None and feed is not None:
            original.feeds.remove(feed)

    async def _make(
        self,
        text_id: int,
        declaration_id: int,
        stored: StoredLog,
        below: StoredLog = NOTHING_STORED,
        prefix: str = "",
    ) -> Room:
        """`below`: the log of the original, under that of a branch."""
        updates = (*below.updates, *stored.updates)
        memory = below.memory or stored.memory  # a branch has none: its log is not compacted
        schema = SchemaCheck(updates, lambda: self._now().timestamp(), memory)
        loaded = await _read(updates)
        if loaded.held:
            log.warning("text %s: its log has gaps; what builds on them is held back", text_id)
        text = TextState(loaded.doc, schema, loaded.held, prefix)
        room = Room(
            text_id,
            declaration_id,
            text,
            Attestation(stored.writers, text.clocks, self._now),
            self.limits,
            self._writer.mark,
            self._at_rest,
            None if self._peers is None else self._peers.publish,
        )
        room.log_length.add(stored.updates)
        room.position = stored.position
        if self._peers is not None:
            asyncio.get_running_loop().call_soon(self._peers.room_opened, room)
        return room

    def _loaded(self) -> list[Room]:
        return [task.result() for task in self._loading.values() if task.done() and not task.exception()]

    def _is_current(self, room: Room) -> bool:
        task = self._loading.get(room.text_id)
        return task is not None and task.done() and task.result() is room

    def _at_rest(self, room: Room) -> None:
        """Called by a room whenever it might be unloaded or compacted."""
        if room.closed or room.at_rest:
            if self._is_current(room):
                del self._loading[room.text_id]
                self._release(room.text_id)
            if room.log_length.is_long_at_rest or (room.at_rest and room.bloated):
                self._compact(room)
        elif room.log_length.is_long:
            self._compact(room)

    def _compact(self, room: Room) -> None:
        if room.text_id not in self._compacting and not room.is_branch and not self._closed:
            self._compacting.add(room.text_id)
            room.log_length.restart()
            self._start(self._compact_log(room.text_id))

    async def _compact_log(self, text_id: int) -> None:
        try:
            if self._before_compaction is not None:
                await self._before_compaction(text_id)
            await self._store.compact(text_id, compact_updates, remember)
        except Exception:  # the log stays as it was, longer than needed
            log.exception("text %s could not be compacted", text_id)
        finally:
            self._compacting.discard(text_id)

    def _start(self, chore: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)


def _error_of(why: Closing) -> Exception:
    """What the service's own write is told."""
    if why.code is CloseCode.TOO_LARGE:
        return TooLongForText(most=MAX_BLOCK)
    if why.code is CloseCode.MALFORMED:
        return Malformed(why.reason)
    return WriterTaken() if why.code is CloseCode.NOT_ALLOWED else StorageFailed()


async def _read(updates: Sequence[bytes]) -> LoadedLog:
    if sum(map(len, updates)) <= SHORT:
        return load_log(updates)
    return await asyncio.to_thread(load_log, updates)
