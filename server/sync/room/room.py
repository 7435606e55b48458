"""The place where one text is co-edited.

An update goes: limits → structure → schema → rights → author → text.
In the text: inbox → applied → on disk → saved, relayed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Final

from server.domain.errors import KraftaktError, StorageFailed
from server.domain.room_rights import NO_RIGHTS
from server.domain.text.update_log import LogAppend, LogGrowth, LogPart, Writer
from server.sync.attestation import Attestation, Member
from server.sync.presence.awareness import decode_awareness
from server.sync.room.broadcast import Broadcast
from server.sync.room.checks.effort import Trial, unneeded
from server.sync.room.checks.own_part import OwnPart, OwnParts, own_part
from server.sync.room.checks.schema_check import Unheld
from server.sync.room.connection import Connection
from server.sync.room.direct_write import DirectWrite
from server.sync.room.feed import Feeds
from server.sync.room.limits import Limits
from server.sync.room.log_length import LogLength
from server.sync.room.presence import RoomPresence, published
from server.sync.room.questions import Questions
from server.sync.room.text_state import Batch, DocBroken, Entry, TextState
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import Kind, Malformed
from server.sync.wire.notices import RoomNotice
from server.sync.wire.peer_messages import PresenceNews
from server.sync.wire.update_check import EMPTY_UPDATE, UpdateFacts, check_update

log = logging.getLogger(__name__)

SCHEMA: Final = 3
"""Version of the text's shape and of what the room says of itself; clients of another one must reload."""
LARGE_FRAME: Final = 32_768
"""Bytes from which on an update's structure is read in a thread, so that others don't wait."""


class Room:
    """States: open → closed. `mark`: there is something to commit. `on_rest`: it might be unloaded now."""

    def __init__(
        self,
        text_id: int,
        declaration_id: int,
        text: TextState,
        attestation: Attestation,
        limits: Limits,
        mark: Callable[[Room], None],
        on_rest: Callable[[Room], None],
        publish: Callable[[PresenceNews], None] | None = None,
    ) -> None:
        """`declaration_id`: whose text it is, and whose rights and phase count. `publish`: None where no
        other process serves the same room."""
        self.text_id = text_id
        self.declaration_id = declaration_id
        self.closed = False
        self.position = 0
        """Up to where the log is known here. Only other processes make that differ from its end."""
        self.log_length = LogLength()
        self._text = text
        self.attestation = attestation
        self._limits = limits
        self._mark = mark
        self._on_rest = on_rest
        self._connections: dict[Connection, None] = {}
        self._broadcast = Broadcast()
        self.presence = RoomPresence(
            attestation, self._connections, self._broadcast, published(text_id, publish)
        )
        self._questions = Questions(text)
        self._writes: set[DirectWrite] = set()
        self._own_parts = OwnParts(text, attestation)
        self.feeds = Feeds(lambda: on_rest(self))
        self.is_branch = text.is_branch
        self._storage_ok = True

    @property
    def at_rest(self) -> bool:
        """Nobody is here and everything is on disk."""
        return not self._connections and self._text.idle and not self.feeds

    @property
    def bloated(self) -> bool:
        """Whether its log is much longer than the text needs. Call while at rest only."""
        return self.log_length.is_bloated(self._text.size())

    # People come and go

    def join(self, connection: Connection) -> None:
        self._connections[connection] = None
        connection.entered(self._broadcast)
        self._send_state(connection)
        self._questions.ask(connection)
        self.presence.greet(connection)

    def leave(self, connection: Connection) -> None:
        if connection in self._connections:
            del self._connections[connection]
            self._own_parts.remove(connection)
            connection.left()
            self.presence.leave(connection)
            self._on_rest(self)

    def close(self, code: CloseCode, reason: str) -> None:
        """Closes every socket. The room itself lives on until what it took in is committed."""
        self._close(list(self._connections), Closing(code, reason))

    def end_session(self, session: str) -> None:
        """Closes the sockets of this session only."""
        theirs = [one for one in self._connections if one.session == session]
        self._close(theirs, Closing(CloseCode.NOT_SIGNED_IN, "signed out"))

    def _close(self, connections: Iterable[Connection], why: Closing) -> None:
        for connection in connections:
            connection.close(why)
            self.leave(connection)

    def discard(self, error: KraftaktError) -> None:
        """Forgets what is in memory; the log is the truth. Clients still hold what is not saved."""
        self.closed = True
        self.refuse_writes(error)
        self.close(CloseCode.ACCESS_CHANGED, error.code)
        self.feeds.end()
        self._on_rest(self)

    def _send_state(self, connection: Connection) -> None:
        if not connection.own_client:
            return
        state = {
            "phase": connection.phase,
            "rights": asdict(connection.rights if self._storage_ok else NO_RIGHTS),
            "schema": SCHEMA,
            "storage": "ok" if self._storage_ok else "failed",
        }
        connection.send(messages.state_frame(state))

    def notify(self, notice: RoomNotice) -> None:
        """To everybody here. Stock clients would not know what it is."""
        stock = {connection.socket for connection in self._connections if not connection.own_client}
        self._broadcast.send([messages.notice_frame(notice)], but=stock)

    def receive(self, connection: Connection, frame: bytes) -> None:
        """Handles one message. Raises Closing; then the connection has to be closed, and it alone."""
        try:
            entry = self._read(connection, frame)
            if entry is not None:
                facts = check_update(entry.update)
                left_out = self._own_parts.left_out(connection, facts) if entry.whole else None
                part = left_out and own_part(entry.update, self._text.clocks, left_out)
                self._trial(connection, entry, facts, part)()
                self._take_text(connection, entry, facts, part)
        except Malformed as error:
            raise Closing(CloseCode.MALFORMED, str(error)) from error

    async def receive_large(self, connection: Connection, frame: bytes) -> None:
        """Handles a message of any size; no other message of this connection may be handled meanwhile."""
        if len(frame) < LARGE_FRAME:
            self.receive(connection, frame)
            return
        try:
            entry = self._read(connection, frame)
            if entry is not None:
                part, apart = None, asyncio.to_thread
                facts = await apart(check_update, entry.update)
                left_out = self._own_parts.left_out(connection, facts) if entry.whole else None
                if left_out is not None:
                    part = await apart(own_part, entry.update, dict(self._text.clocks), left_out)
                await apart(self._trial(connection, entry, facts, part))
                self._take_text(connection, entry, facts, part)
        except Malformed as error:
            raise Closing(CloseCode.MALFORMED, str(error)) from error

    def _read(self, connection: Connection, frame: bytes) -> Entry | None:
        """What it brings of the text; other messages are handled."""
        connection.ensure_within_limits(len(frame))
        kind, payload = messages.decode_message(frame)
        if kind is Kind.UPDATE or kind is Kind.STEP_2:
            return Entry(connection, connection.count_received(), payload, kind is Kind.STEP_2)
        self._receive_other(connection, kind, payload)
        return None

    def _trial(self, connection: Connection, entry: Entry, facts: UpdateFacts, part: OwnPart | None) -> Trial:
        if not (connection.rights.edit or connection.rights.suggest):
            return unneeded
        return self._text.trial((part or entry).update, part.facts if part else facts)

    def _take_text(
        self, connection: Connection, entry: Entry, facts: UpdateFacts, part: OwnPart | None
    ) -> None:
        if part is None:
            self._take_in(connection, entry, facts)
            return
        if part.update != EMPTY_UPDATE:
            self._take_in(connection, entry._replace(update=part.update), part.facts)
        if connection.open:
            self._own_parts.wait(connection, part)
        self._ask_the_incomplete()

    def _ask_the_incomplete(self) -> None:
        for connection in self._own_parts.take_ready():
            self._questions.ask(connection)

    def _receive_other(self, connection: Connection, kind: Kind, payload: bytes) -> None:
        if kind is Kind.STEP_1:
            messages.decode_state_vector(payload)
            self._questions.answer(connection, payload)
        elif kind is Kind.AWARENESS:
            self.presence.update(connection, decode_awareness(payload))
        elif kind is Kind.QUERY_AWARENESS:
            self.presence.send_states(connection)

    def _take_in(self, connection: Connection, entry: Entry, facts: UpdateFacts) -> None:
        if self.closed or not connection.open:
            return
        lacks = facts.lacks_in(self._text.clocks)
        may = connection.rights
        if may.edit or may.suggest:
            try:
                self._text.ensure_fits(facts, connection.member, comments=may.comment, lacks=lacks)
            except Unheld:  # lost rather than forged, where the client has more that is missing here
                if entry.whole or not connection.may_hold_more:
                    raise
                self._ask_for_missing(connection)
                return
        if not may.edit and not self._is_suggestion(connection, entry.update, lacks=lacks):
            self._receive_from_reader(connection, entry.number, facts)
        elif lacks:
            self._ask_for_missing(connection)
        elif entry.update == EMPTY_UPDATE and self._text.idle:
            self._nothing_new(connection, entry)
        else:
            self.presence.wrote(connection, self._accept(entry, facts))

    def _nothing_new(self, connection: Connection, entry: Entry) -> None:
        """What a client answers that brings no text of its own. All that came before it is on disk."""
        connection.waits_for_step_2 = connection.waits_for_step_2 and not entry.whole
        connection.send_saved(0 if connection.waits_for_step_2 else entry.number)

    def _is_suggestion(self, connection: Connection, update: bytes, *, lacks: bool) -> bool:
        """False: from a reader. What builds on unknown things is asked for. Raises Closing, Malformed."""
        if not connection.rights.suggest:
            return False
        if not lacks and not self._text.only_suggests(update, connection.member):
            raise Closing(CloseCode.NOT_ALLOWED, "may only suggest")
        return True

    def _receive_from_reader(self, connection: Connection, number: int, facts: UpdateFacts) -> None:
        """Read-only clients clean up formatting (deletions without origin) and answer step 1: ignored."""
        if facts.gap or facts.adds_to(self._text.clocks):
            raise Closing(CloseCode.NOT_ALLOWED, "may not edit")
        connection.send_saved(number)

    def _ask_for_missing(self, connection: Connection) -> None:
        """Nothing is acknowledged until a step 2 has brought everything."""
        if not connection.waits_for_step_2:
            connection.waits_for_step_2 = True
            self._questions.ask(connection)

    def _accept(self, entry: Entry, facts: UpdateFacts) -> list[int]:
        """The clients of whom it brings something new. Raises Closing, Malformed."""
        new = facts.adds_to(self._text.clocks)
        member = entry.sender.member
        if not all(self.attestation.allows(client, member) for client in new):
            raise Closing(CloseCode.NOT_ALLOWED, "somebody else's client id")
        if any(client in self._text.clocks for client in self.attestation.unknown(new)):
            raise Closing(
                CloseCode.ACCESS_CHANGED, "another process is still being asked whose client id it is"
            )
        if self._text.waiting_bytes > self._limits.uncommitted and entry.update != EMPTY_UPDATE:
            raise Closing(CloseCode.STORAGE_FAILED, "too much waits to be stored")
        self._text.ensure_size(entry.update, facts, new=bool(new))
        repeats = facts.ranges and not new  # as after an interruption: what is known need not be stored again
        self._text.put(entry._replace(whole=True) if repeats else entry, facts)
        writers = self.attestation.bind_writers(new, member)
        if writers:
            self._text.add_writers(writers)
        entry.sender.waits_for_step_2 = entry.sender.waits_for_step_2 and not entry.whole
        self._mark(self)
        return new

    def write(self, write: DirectWrite, update: bytes, facts: UpdateFacts) -> None:
        """Takes in what the service brings. Raises StorageFailed, Malformed, Closing: then nothing was."""
        if not self._storage_ok:
            raise StorageFailed()
        self.ensure_fits(update, facts, write.member)
        self._accept(Entry(write, 0, update, whole=False), facts)
        self._writes.add(write)
        write.done.add_done_callback(lambda _: self._writes.discard(write))

    def ensure_fits(self, update: bytes, facts: UpdateFacts, member: Member) -> None:
        """Of what the service brings. Raises Malformed, Closing."""
        if facts.lacks_in(self._text.clocks):
            raise Malformed("builds on something that is not there")
        self._text.ensure_fits(facts, member, comments=True, lacks=False)
        self._text.ensure_size(update, facts, new=bool(facts.adds_to(self._text.clocks)))

    def refuse_writes(self, error: KraftaktError) -> None:
        """Those of the service that have not been stored never will be."""
        for write in list(self._writes):
            write.refuse(error)

    # Other processes

    def grown(self, growth: LogGrowth) -> bool:
        """A commit has reached the log. Whether all of it is known here."""
        if growth.own and growth.before == self.position:
            self.position = growth.position
        return growth.position <= self.position

    def follow(self, part: LogPart) -> None:
        """What others have committed is relayed as far as it is news."""
        if not self.closed and part.position > self.position:
            self.position = part.position
            self._take_news(part.updates)

    def _take_news(self, updates: Sequence[bytes]) -> None:
        try:
            news = self._text.follow(updates)
        except DocBroken as error:
            log.critical("text %s: the CRDT failed: %s", self.text_id, error)
            self.discard(KraftaktError())
            return
        self._broadcast.send([messages.update_frame(update) for update in news])
        self.feeds.push(news)
        self._ask_the_incomplete()

    def bring(self, updates: Sequence[bytes], writers: Iterable[Writer] = ()) -> None:
        """What came onto the disk past this room: out of a branch, or into one, where it is nobody's."""
        if not self.closed:
            self._take_news(updates)
            clients = {client for update in updates for client in check_update(update).ranges}
            self.attestation.learn(writers, clients)

    def unknown_writers(self) -> list[int]:
        """Client ids in the text whose person only another process knows."""
        return self.attestation.unknown(self._text.clocks)

    def knows_another_phase(self, phase: str) -> bool:
        return any(connection.phase != phase for connection in self._connections)

    # The group writer's calls

    def take(self) -> LogAppend:
        if not self.closed:
            try:
                batch = self._text.take()
                return LogAppend(self.text_id, tuple(batch.updates), tuple(batch.writers))
            except DocBroken as error:
                log.critical("text %s: the CRDT failed: %s", self.text_id, error)
                self.discard(KraftaktError())
        return LogAppend(self.text_id, ())

    def committed(self) -> None:
        if self.closed:
            return
        batch = self._text.committed()
        self.log_length.add(batch.updates)
        self._relay(batch)
        self.feeds.push(batch.updates)
        self._storage_is(ok=True)
        self._questions.go_on()
        self._ask_the_incomplete()
        self._on_rest(self)

    def _relay(self, batch: Batch) -> None:
        """To everybody but a sender who was alone; several get each other's and, harmlessly, their own.

        Senders get their receipt in the same write.
        """
        frames = [messages.update_frame(update) for update in batch.updates]
        senders = {entry.sender: entry.number for entry in batch.entries}
        to_senders = frames if len(senders) > 1 else []
        for sender, number in senders.items():
            sender.send_saved(0 if sender.waits_for_step_2 else number, to_senders)
        self._broadcast.send(frames, but=[sender.socket for sender in senders])

    def refused(self, error: KraftaktError) -> None:
        """The declaration's state forbids it: phase, or a client id that became somebody else's."""
        log.info("text %s: updates refused: %s", self.text_id, error.code)
        self.discard(error)

    def storage_failed(self) -> None:
        self._storage_is(ok=False)

    def _storage_is(self, *, ok: bool) -> None:
        if ok is not self._storage_ok:
            self._storage_ok = ok
            for connection in self._connections:
                self._send_state(connection)
