"""Messages that cost most per byte to check."""

from __future__ import annotations

from collections.abc import Iterable

from server.sync.wire.messages import encode_chunk, encode_uint

ROOT = b"\x04\x01" + encode_chunk(b"text")


def update(clients: Iterable[tuple[int, list[bytes]]]) -> bytes:
    """Client id and structs of each, from clock 0."""
    parts = [
        encode_uint(len(structs)) + encode_uint(client) + b"\x00" + b"".join(structs)
        for client, structs in clients
    ]
    return encode_uint(len(parts)) + b"".join(parts) + b"\x00"


def letter_behind(client: int, clock: int) -> bytes:
    return b"\x84" + encode_uint(client) + encode_uint(clock) + encode_chunk(b"x")


def chain(clients: int) -> bytes:
    """Each client's letter stands behind that of the next: read in this order, all wait for the last."""
    links = [(n, [letter_behind(n + 1, 0)]) for n in range(1, clients)]
    return update([*links, (clients, [ROOT + encode_chunk(b"x")])])


def ladder(clients: int, rungs: int) -> bytes:
    """Each client's every letter stands behind the same letter of the next."""
    last = clients, [ROOT + encode_chunk(b"x"), *(letter_behind(clients, n) for n in range(rungs - 1))]
    return update([*((c, [letter_behind(c + 1, n) for n in range(rungs)]) for c in range(1, clients)), last])


def pieces(count: int) -> bytes:
    """A line of letters, each on its own."""
    return update([(1, [ROOT + encode_chunk(b"x"), *(letter_behind(1, n) for n in range(count))])])


def formats(count: int) -> bytes:
    """Proposals of as many ids as there is room for."""
    first = b"\x06\x01" + encode_chunk(b"text")
    one = [
        (first if not n else b"\x86\x01" + encode_uint(n - 1))
        + encode_chunk(b"ins:%d" % n)
        + encode_chunk(b'"1|Lahr|5"')
        for n in range(count)
    ]
    return update([(1, one)])


def letters_at_one_place(client: int, count: int) -> bytes:
    """Each at the very beginning, before all that were put there before."""
    return update([(client, [ROOT + encode_chunk(b"x") for _ in range(count)])])


def letters_within(client: int, end: int, count: int) -> bytes:
    """Between the letters of somebody's long line, from its end on."""
    ends = range(end, end - 2 * count, -2)
    within = [
        b"\xc4" + b"".join(map(encode_uint, (client, at, client, at + 1))) + encode_chunk(b"y") for at in ends
    ]
    return update([(1, within)])


def deletions(client: int, end: int, count: int) -> bytes:
    """Of every other letter of somebody's long line, from its end on."""
    ranges = b"".join(encode_uint(at) + b"\x01" for at in range(end, end - 2 * count, -2))
    return b"\x00\x01" + encode_uint(client) + encode_uint(count) + ranges
