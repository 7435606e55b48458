"""The structural check takes what Yjs makes and fails on the rest in one way only."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, merge_updates

from server.sync.wire import messages
from server.sync.wire.messages import Malformed, encode_chunk, encode_uint
from server.sync.wire.update_check import check_update
from server.sync.wire.update_content import MAX_CLOCK
from tests.sync.yjs_updates import histories

seeds = st.integers(0, 10_000)


@given(seeds)
def test_what_yrs_makes_is_accepted_and_the_clocks_are_foretold(seed: int) -> None:
    doc: Doc[object] = Doc()
    clocks: dict[int, int] = {}
    for update in histories(seed):
        facts = check_update(update)
        assert not facts.lacks_in(clocks)
        for client, (_, end) in facts.ranges.items():
            clocks[client] = max(end, clocks.get(client, 0))
        doc.apply_update(update)
        assert messages.decode_state_vector(doc.get_state()) == clocks


@given(seeds)
def test_merged_updates_are_accepted_too(seed: int) -> None:
    updates = histories(seed)
    half = len(updates) // 2
    assert not check_update(merge_updates(*updates)).lacks_in({})
    check_update(merge_updates(*updates[half:]))


@given(seeds, st.integers(0, 39))
def test_an_update_before_its_predecessors_lacks_something(seed: int, place: int) -> None:
    updates = histories(seed)[:40]
    index = place % len(updates)  # their number may differ: Yrs keeps formats in no fixed order
    known: dict[int, int] = {}
    for update in updates[:index]:
        for client, (_, end) in check_update(update).ranges.items():
            known[client] = max(end, known.get(client, 0))
    facts = check_update(updates[index])
    assert not facts.lacks_in(known)
    for client in facts.ranges:
        start = facts.ranges[client][0]
        if start:
            assert facts.lacks_in(known | {client: start - 1})


@given(seeds, st.data())
def test_damage_raises_nothing_but_malformed(seed: int, data: st.DataObject) -> None:
    rng = random.Random(data.draw(st.integers(0, 1 << 32)))
    update = bytearray(rng.choice(histories(seed % 50)))
    for _ in range(rng.randint(1, 4)):
        update[rng.randrange(len(update))] = rng.randrange(256)
    with contextlib.suppress(Malformed):
        check_update(bytes(update[: rng.randint(0, len(update))] if rng.random() < 0.3 else update)).lacks_in(
            {}
        )


@given(st.binary())
def test_any_bytes_are_an_update_or_malformed(data: bytes) -> None:
    with contextlib.suppress(Malformed):
        check_update(data).lacks_in({})


def update_of(struct: bytes, *, client: int = 7, clock: int = 0, count: int = 1) -> bytes:
    head = encode_uint(1) + encode_uint(count) + encode_uint(client) + encode_uint(clock)
    return head + struct + b"\x00"


ROOT = b"\x01" + encode_chunk(b"text")


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(
            update_of(b"\x09" + ROOT + encode_chunk(b"id") + b"\x76\x00"), id="document in document"
        ),
        pytest.param(update_of(b"\x0b" + ROOT + b"\x00\x00\x00"), id="move"),
        pytest.param(update_of(b"\x04" + ROOT + encode_chunk(b"")), id="empty string"),
        pytest.param(update_of(b"\x01" + ROOT + b"\x00"), id="nothing deleted"),
        pytest.param(update_of(b"\x04" + ROOT + encode_chunk(b"\xff")), id="no UTF-8"),
        pytest.param(update_of(b"\x08" + ROOT + b"\x01" + b"\x75\x01" * 5000 + b"\x7f"), id="deep value"),
        pytest.param(update_of(b"\x05" + ROOT + encode_chunk(b"[" * 5000)), id="deep JSON"),
        pytest.param(update_of(b"\x05" + ROOT + encode_chunk(b"NaN")), id="no JSON"),
        pytest.param(update_of(b"\x08" + ROOT + encode_uint(1 << 40)), id="endless values"),
        pytest.param(update_of(b"\x84\x07\x00" + encode_chunk(b"x")), id="builds on itself"),
        pytest.param(update_of(b"\x84\x07\x05" + encode_chunk(b"x"), clock=3), id="builds on its future"),
        pytest.param(update_of(b"\x00" + encode_uint(MAX_CLOCK), clock=9), id="clock overflows"),
        pytest.param(update_of(b"\x80\x07\x00\x01", clock=1), id="garbage with an origin"),
        pytest.param(update_of(b"", count=0), id="client without structs"),
        pytest.param(encode_uint(1 << 40), id="endless clients"),
        pytest.param(b"\x00\x01\x07\x01\x00\x00", id="empty deletion"),
        pytest.param(b"\x00\x00\x00", id="trailing bytes"),
    ],
)
def test_what_would_hurt_is_malformed(update: bytes) -> None:
    with pytest.raises(Malformed):
        check_update(update)


def test_structs_that_wait_for_each_other_lack_something() -> None:
    first = encode_uint(1) + b"\x07\x00" + b"\x84\x08\x00" + encode_chunk(b"x")
    second = encode_uint(1) + b"\x08\x00" + b"\x84\x07\x00" + encode_chunk(b"y")
    assert check_update(b"\x02" + first + second + b"\x00").lacks_in({})


def test_holes_lack_something() -> None:
    assert check_update(update_of(b"\x0a\x05")).lacks_in({7: 100})
