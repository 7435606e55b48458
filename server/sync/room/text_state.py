"""A room's text in memory: the doc, what waits for it, what is on its way to the disk.

    inbox (accepted) → batch (applied, being committed) → durable

The doc is asked for its content only while no batch is under way: then it holds what is on disk, no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple, Protocol, TypeVar

from pycrdt import Doc, Text, TransactionEvent, merge_updates

from server.domain.text.update_log import Writer
from server.sync.attestation import Member
from server.sync.gaps import Held, apply_closed
from server.sync.projection import list_attributes
from server.sync.room.checks.effort import Effort, Trial, names_few, unneeded
from server.sync.room.checks.schema_check import SchemaCheck
from server.sync.room.checks.size_check import SizeCheck
from server.sync.room.checks.suggest_only import only_suggests
from server.sync.room.socket import Socket
from server.sync.wire import messages
from server.sync.wire.messages import Malformed
from server.sync.wire.text_schema import Attribute
from server.sync.wire.update_check import EMPTY_UPDATE, UpdateFacts, check_update

T = TypeVar("T")
CHUNK: Final = 500
"""Updates merged at a time: one merge of all takes quadratic time."""
NOTHING_KNOWN: Final = b"\x00"
"""An empty state vector."""


class DocBroken(Exception):
    """The CRDT library failed on an update that had passed all checks: the doc must not be used any more."""


class Sender(Protocol):
    """Whose update it is: a connection, or the service itself."""

    waits_for_step_2: bool

    @property
    def member(self) -> Member: ...

    @property
    def socket(self) -> Socket | None: ...

    def send_saved(self, number: int, frames: Sequence[bytes] = ()) -> None:
        """`frames` are on disk, and with them the sender's message `number` and all before it."""


class Entry(NamedTuple):
    """A message that waits for its commit. `whole`: may repeat much that is known; only news are stored."""

    sender: Sender
    number: int
    update: bytes
    whole: bool


@dataclass(slots=True)
class Batch:
    """What is being committed. `updates` are the log's rows, and what the others are sent."""

    entries: list[Entry] = field(default_factory=list)
    updates: list[bytes] = field(default_factory=list)
    writers: list[Writer] = field(default_factory=list)


class TextState:
    def __init__(
        self, doc: Doc[Text], schema: SchemaCheck, held: Held | None = None, prefix: str = ""
    ) -> None:
        """`held`: what the log holds beyond the doc, and nobody may see yet. `prefix`: of the ids of a
        branch's own suggestions."""
        self._doc = doc
        self._prefix = prefix
        self._held = held or Held()
        self._sizes = SizeCheck(doc)
        self._effort = Effort()
        self._schema = schema
        self.clocks = messages.decode_state_vector(doc.get_state())
        """Client → next clock, the inbox included."""
        self._inbox = Batch()
        self._batch = Batch()
        self._overlaps = False
        self._whole_frame: bytes | None = None
        self.waiting_bytes = 0

    @property
    def is_branch(self) -> bool:
        return bool(self._prefix)

    @property
    def durable(self) -> bool:
        return not self._batch.entries

    @property
    def idle(self) -> bool:
        return self.durable and not self._inbox.entries

    def step_1(self) -> bytes:
        """The frame that asks a client for what is missing here. Only while durable."""
        return messages.step_1(self._doc.get_state())

    def step_2(self, state_vector: bytes) -> bytes:
        """The frame that answers a client's step 1. Only while durable. Raises Malformed."""
        if not messages.decode_state_vector(state_vector):
            if self._whole_frame is None:
                self._whole_frame = messages.step_2(self._doc.get_update())
            return self._whole_frame
        return messages.step_2(self._doc.get_update(state_vector))

    def size(self) -> int:
        """Bytes of the whole text in one update. Only while durable."""
        return len(self.step_2(NOTHING_KNOWN))

    def ensure_fits(self, facts: UpdateFacts, member: Member, *, comments: bool, lacks: bool) -> None:
        """Raises Closing, by the rule of the text's schema that the update breaks. `lacks`: it builds on what
        is not there, maybe on somebody's proposal; it is not taken in, and what comes in its stead is judged.
        """
        self._schema.ensure_possible(facts, self.clocks)
        if not lacks:
            self._schema.ensure_allowed(
                facts, self.clocks, member, lambda: list_attributes(self._doc), comments=comments
            )

    def unheld(
        self, facts: UpdateFacts, member: Member, *, comments: bool
    ) -> dict[int, tuple[int, Attribute]]:
        """Client → (clock, attribute) of the first mark of somebody else's that the text knows nothing of."""
        return self._schema.unheld(
            facts, self.clocks, member, lambda: list_attributes(self._doc), comments=comments
        )

    def holds(self, attribute: Attribute) -> bool:
        return self._schema.holds(attribute)

    def vouch(self, attributes: Iterable[Attribute], member: Member) -> None:
        """See `SchemaCheck.vouch`."""
        self._schema.vouch(attributes, member)

    def ensure_size(self, update: bytes, facts: UpdateFacts, *, new: bool) -> None:
        """Raises Closing if a block or the marks on a letter grow beyond their bound. `new`: it brings
        structs. Call for what was checked and lacks nothing."""
        self._sizes.ensure_fits(facts, new, lambda: self._applied(update))

    def trial(self, update: bytes, facts: UpdateFacts) -> Trial:
        """Whether applying it takes too long; `Trial` says what may be raised."""
        if names_few(facts) or facts.lacks_in(self.clocks):  # then it is not taken in
            return unneeded
        if not self._effort.is_uncertain(facts, new=bool(facts.adds_to(self.clocks))):
            return unneeded
        self._schema.ensure_possible(facts, self.clocks)
        waiting = (entry.update for entry in self._inbox.entries)
        return self._effort.trial((self._doc.get_update(), *waiting), update, facts)

    def put(self, entry: Entry, facts: UpdateFacts) -> None:
        """Takes an update in that was checked and lacks nothing. Raises Malformed if Yrs can't read it."""
        if not facts.plain:
            ensure_decodable(entry.update)
        for client, (start, end) in facts.ranges.items():
            known = self.clocks.get(client, 0)
            self._overlaps = self._overlaps or start < known
            if end > known:
                self.clocks[client] = end
        self._schema.remember(facts)
        self._inbox.entries.append(entry)
        self.waiting_bytes += len(entry.update)

    def _applied(self, update: bytes) -> Doc[Text]:
        """The text as it would be, in a copy. Raises Malformed."""
        waiting = (entry.update for entry in self._inbox.entries)
        try:
            return apply_closed([self._doc.get_update(), *waiting, update])
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic is no Exception
            raise Malformed("Yrs can't apply it") from error

    def only_suggests(self, update: bytes, member: Member) -> bool:
        """Whether it stays within a suggest-only right. Raises Malformed. Costs copies of the text."""
        ensure_decodable(update)
        self._applied(update)
        waiting = (entry.update for entry in self._inbox.entries)
        return only_suggests(apply_closed([self._doc.get_update(), *waiting]), update, member, self._prefix)

    def add_writers(self, writers: Iterable[Writer]) -> None:
        """New bindings, to be stored with what was put in last."""
        self._inbox.writers.extend(writers)

    def take(self) -> Batch:
        """Applies the inbox and adds it to the batch. Raises DocBroken."""
        inbox, self._inbox = self._inbox, Batch()
        updates = _guarded(self._rows, inbox.entries)
        self._batch.entries += inbox.entries
        self._batch.writers += inbox.writers
        if self._held.may_go_on(self.clocks):
            updates += _guarded(self._news_in, [self._held.release(self.clocks)])
            self._read_clocks()
        self._batch.updates += updates
        if updates:
            self._whole_frame = None
        return self._batch

    def committed(self) -> Batch:
        """The batch is on disk; whose it was and what the others shall have."""
        batch, self._batch = self._batch, Batch()
        entries = self._inbox.entries
        self.waiting_bytes = sum(len(entry.update) for entry in entries) if entries else 0
        return batch

    def follow(self, updates: Iterable[bytes]) -> list[bytes]:
        """What others have committed; what of it is news here. Raises DocBroken."""
        news = [update for each in updates for update in _guarded(self._news_in, [self._closed(each)])]
        self._read_clocks()
        if news:
            self._whole_frame = None
            self._schema.learn(news)
            self._sizes.grew(sum(map(len, news)))
        return [update for update in news if update != EMPTY_UPDATE]

    def _closed(self, update: bytes) -> bytes:
        """What of it, and of what waited for it, can be shown. What lacks something waits."""
        if self._held or check_update(update).lacks_in(self._stored_clocks()):
            return self._held.add(update, self._stored_clocks())
        return update

    def _stored_clocks(self) -> dict[int, int]:
        return messages.decode_state_vector(self._doc.get_state())

    def _read_clocks(self) -> None:
        """What was applied without having been in the inbox."""
        for client, clock in self._stored_clocks().items():
            self.clocks[client] = max(clock, self.clocks.get(client, 0))

    def _rows(self, entries: list[Entry]) -> list[bytes]:
        """Applies the entries; what the log gains by them."""
        updates = [update for update in self._apply(entries) if update != EMPTY_UPDATE]
        joined = updates if self._overlaps else _join(updates)
        self._overlaps = False
        return joined

    def _apply(self, entries: list[Entry]) -> list[bytes]:
        if len(entries) == 1 and not entries[0].whole:  # the usual case
            return self._apply_plain(entries)
        updates: list[bytes] = []
        for whole, group in groupby(entries, key=lambda entry: entry.whole):
            updates += (self._apply_whole if whole else self._apply_plain)(list(group))
        return updates

    def _apply_plain(self, entries: list[Entry]) -> list[bytes]:
        if len(entries) == 1:
            self._doc.apply_update(entries[0].update)
            return [entries[0].update]
        with self._doc.transaction():
            for entry in entries:
                self._doc.apply_update(entry.update)
        return [entry.update for entry in entries]

    def _apply_whole(self, entries: list[Entry]) -> list[bytes]:
        return self._news_in([entry.update for entry in entries])

    def _news_in(self, updates: list[bytes]) -> list[bytes]:
        """Applies them; what they brought that was new: a doc reports changes only."""
        news: list[bytes] = []

        def note(event: TransactionEvent) -> None:
            news.append(event.update)

        subscription = self._doc.observe(note)
        try:
            for update in updates:
                self._doc.apply_update(update)
        finally:
            self._doc.unobserve(subscription)
        return news


def _guarded(apply: Callable[[list[T]], list[bytes]], entries: list[T]) -> list[bytes]:
    """Panics in Yrs reach Python as a BaseException."""
    try:
        return apply(entries)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise DocBroken(type(error).__name__) from error


def ensure_decodable(update: bytes) -> None:
    """Yrs reads the update without applying it. Raises Malformed."""
    try:
        merge_updates(update, EMPTY_UPDATE)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic is no Exception
        raise Malformed("Yrs can't read it") from error


def _join(updates: list[bytes]) -> list[bytes]:
    """One update for the log and for everybody instead of many."""
    if len(updates) < 2:
        return updates
    return [merge_updates(*updates[at : at + CHUNK]) for at in range(0, len(updates), CHUNK)]
