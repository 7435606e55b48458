"""The part of an update that lacks nothing: what Yjs shows of it.

Yjs holds back every struct whose predecessors are missing, with all that follow it of the same client; Yrs
shows some of them (y-crdt#632). Source: `yjs/src/utils/encoding.js`, `integrateStructs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from types import MappingProxyType

from server.sync.wire.messages import Malformed, Reader, encode_uint
from server.sync.wire.update_content import CONTENT

_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB = 0x80, 0x40, 0x20
_GC, _SKIP = 0, 10


_Ranges = Mapping[int, list[tuple[int, int]]]
"""Client → (first clock, length)."""


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """`update` builds on nothing unknown. `missing`: client → clock that is needed next, of those clients
    whose structs or deletions the rest waits for; empty: there is no rest. `held`: the clients whose structs
    wait."""

    update: bytes
    missing: Mapping[int, int]
    held: frozenset[int]


@dataclass(slots=True)
class _Struct:
    """`begin`, `end`: bytes. `needs`: (other client, its end clock). Of a hole: None."""

    clock: int
    length: int
    begin: int
    end: int
    needs: tuple[tuple[int, int], ...] | None


@dataclass(slots=True)
class _Queue:
    """Structs of one client; those before `at` are in their place."""

    structs: list[_Struct]
    at: int = 0


def closed_part(
    update: bytes, known: Mapping[int, int], without: Mapping[int, int] = MappingProxyType({})
) -> ClosedPart:
    """`known`: client → next clock of the text that the update comes to. Raises Malformed.

    `without`: client → the clock from which on its structs are left out, as if they were missing.
    """
    reader = Reader(update)
    try:
        found = list(_clients(reader))
        deletions = list(_deletions(reader))
    except IndexError as error:
        raise Malformed("update too short") from error
    queues = {client: _Queue(_before(without.get(client), structs)) for client, structs in found}
    closing = _Closing(queues, known)
    missing = closing.missing
    for client, start, end in deletions:
        if end > closing.clocks.get(client, 0):
            missing.setdefault(client, max(start, closing.clocks.get(client, 0)))
    held = frozenset(client for client, queue in queues.items() if queue.at < len(queue.structs))
    if held and not missing:  # they wait for each other: no program writes that
        missing = {client: closing.clocks.get(client, 0) for client in held}
    return ClosedPart(_encode(update, queues, _within(deletions, closing.clocks)), missing, held)


def portions(update: bytes, known: Mapping[int, int], size: int) -> Iterator[bytes]:
    """Updates of at most `size` structs or deletions each that amount to one, in an order in which each lacks
    nothing. `update` was checked, and lacks nothing where `known` is there."""
    reader = Reader(update)
    queues = {client: _Queue(structs) for client, structs in sorted(_clients(reader), reverse=True)}
    deletions = list(_deletions(reader))
    for spans in _gathered(_Closing(queues, known).runs, size):
        parts = [encode_uint(len(spans))]
        for client, (begin, end) in spans.items():
            structs = queues[client].structs
            parts += [encode_uint(end - begin), encode_uint(client), encode_uint(structs[begin].clock)]
            parts.append(update[structs[begin].begin : structs[end - 1].end])
        yield b"".join((*parts, b"\x00"))
    for at in range(0, len(deletions), size):
        ranges: dict[int, list[tuple[int, int]]] = {}
        for client, start, end in deletions[at : at + size]:
            ranges.setdefault(client, []).append((start, end - start))
        yield b"\x00" + _encode_deletions(ranges)


def _gathered(runs: list[tuple[int, int, int]], size: int) -> Iterator[dict[int, tuple[int, int]]]:
    """Client → first and last (exclusive) of its structs in one portion."""
    spans: dict[int, tuple[int, int]] = {}
    count = 0
    for client, begin, end in runs:
        for at in range(begin, end, size):
            until = min(at + size, end)
            spans[client] = (spans.get(client, (at, at))[0], until)
            count += until - at
            if count >= size:
                yield spans
                spans, count = {}, 0
    if spans:
        yield spans


def _before(clock: int | None, structs: list[_Struct]) -> list[_Struct]:
    return structs if clock is None else [struct for struct in structs if struct.clock < clock]


@dataclass(slots=True)
class _Closing:
    queues: Mapping[int, _Queue]
    known: Mapping[int, int]
    clocks: dict[int, int] = field(init=False)
    missing: dict[int, int] = field(init=False)
    runs: list[tuple[int, int, int]] = field(init=False)
    """Client, first and last (exclusive) of its structs: the order in which all find what they build on."""
    _waiting: dict[int, list[tuple[int, int]]] = field(init=False)
    """Client → heap of (end that is waited for, who waits)."""

    def __post_init__(self) -> None:
        self.clocks, self._waiting, self.runs = dict(self.known), {}, []
        for client in self.queues:
            self._go_on(client)
        self.missing = {
            client: self.clocks.get(client, 0)
            for client, heap in self._waiting.items()
            if heap and self._is_nowhere(client)
        }

    def _is_nowhere(self, client: int) -> bool:
        """Whether what is waited for is not itself among what waits for others."""
        queue = self.queues.get(client)
        if queue is None or queue.at >= len(queue.structs):
            return True
        head = queue.structs[queue.at]
        return head.needs is None or head.clock > self.clocks.get(client, 0)

    def _go_on(self, client: int) -> None:
        stack = [client]
        while stack:
            client = stack.pop()
            self._advance(client, self.queues[client])
            heap = self._waiting.get(client, [])
            while heap and heap[0][0] <= self.clocks.get(client, 0):
                stack.append(heappop(heap)[1])

    def _advance(self, client: int, queue: _Queue) -> None:
        begin = queue.at
        self._take_ready(client, queue)
        if queue.at > begin:
            self.runs.append((client, begin, queue.at))

    def _take_ready(self, client: int, queue: _Queue) -> None:
        while queue.at < len(queue.structs):
            struct = queue.structs[queue.at]
            lack = self._lack(client, struct)
            if lack is not None:
                heappush(self._waiting.setdefault(lack[0], []), (lack[1], client))
                return
            self.clocks[client] = max(self.clocks.get(client, 0), struct.clock + struct.length)
            queue.at += 1

    def _lack(self, client: int, struct: _Struct) -> tuple[int, int] | None:
        """(client, end clock) of what is not there yet."""
        if struct.needs is None:  # a hole, unless the text knows what belongs there
            end = struct.clock + struct.length
            return (client, end) if end > self.clocks.get(client, 0) else None
        if struct.clock > self.clocks.get(client, 0):
            return client, struct.clock
        return next((need for need in struct.needs if need[1] > self.clocks.get(need[0], 0)), None)


def _clients(reader: Reader) -> Iterator[tuple[int, list[_Struct]]]:
    for _ in range(reader.uint(len(reader.data))):
        count, client, clock = reader.uint(len(reader.data)), reader.uint(), reader.uint()
        yield client, list(_structs(reader, count, clock))


def _structs(reader: Reader, count: int, clock: int) -> Iterator[_Struct]:
    for _ in range(count):
        begin, info = reader.at, reader.byte()
        if info in (_GC, _SKIP):
            length = reader.uint()
            needs: tuple[tuple[int, int], ...] | None = () if info == _GC else None
        else:
            needs = tuple(_needs(reader, info))
            read = CONTENT.get(info & 31)
            if read is None:
                raise Malformed("content of this kind is not allowed")
            length = read(reader)
        yield _Struct(clock, length, begin, reader.at, needs)
        clock += length


def _needs(reader: Reader, info: int) -> Iterator[tuple[int, int]]:
    for _ in range(bool(info & _ORIGIN) + bool(info & _RIGHT_ORIGIN)):
        yield reader.uint(), reader.uint() + 1
    if not info & (_ORIGIN | _RIGHT_ORIGIN):
        if reader.uint():
            reader.text()
        else:
            yield reader.uint(), reader.uint() + 1
        if info & _PARENT_SUB:
            reader.text()


def _deletions(reader: Reader) -> Iterator[tuple[int, int, int]]:
    """(client, first clock, end)."""
    for _ in range(reader.uint(len(reader.data))):
        client = reader.uint()
        for _ in range(reader.uint(len(reader.data))):
            start = reader.uint()
            yield client, start, start + reader.uint()


def _within(
    deletions: list[tuple[int, int, int]], clocks: Mapping[int, int]
) -> dict[int, list[tuple[int, int]]]:
    """Client → (start, length) of what is there to be deleted."""
    kept: dict[int, list[tuple[int, int]]] = {}
    for client, start, end in deletions:
        there = min(end, clocks.get(client, 0))
        if there > start:
            kept.setdefault(client, []).append((start, there - start))
    return kept


def _encode(
    update: bytes, queues: Mapping[int, _Queue], deletions: Mapping[int, list[tuple[int, int]]]
) -> bytes:
    moved = {client: queue for client, queue in queues.items() if queue.at}
    parts = [encode_uint(len(moved))]
    for client, queue in moved.items():
        first, last = queue.structs[0], queue.structs[queue.at - 1]
        parts += [encode_uint(queue.at), encode_uint(client), encode_uint(first.clock)]
        parts.append(update[first.begin : last.end])
    return b"".join((*parts, _encode_deletions(deletions)))


def _encode_deletions(deletions: Mapping[int, list[tuple[int, int]]]) -> bytes:
    parts = [encode_uint(len(deletions))]
    for client, ranges in deletions.items():
        parts += [encode_uint(client), encode_uint(len(ranges))]
        parts += [encode_uint(number) for pair in ranges for number in pair]
    return b"".join(parts)
