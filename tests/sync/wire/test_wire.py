"""The encoding on the wire, for any bytes."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Encoder, create_awareness_message, create_update_message

from server.sync.presence.awareness import AwarenessEntry, decode_awareness, encode_awareness
from server.sync.wire import messages
from server.sync.wire.messages import Kind, Malformed, Reader

uints = st.integers(0, messages.MAX_UINT)


@given(uints)
def test_numbers_survive(value: int) -> None:
    reader = Reader(messages.encode_uint(value))
    assert reader.uint() == value
    reader.ensure_end()


@given(uints)
def test_numbers_are_written_as_others_write_them(value: int) -> None:
    encoder = Encoder()
    encoder.write_var_uint(value)
    assert messages.encode_uint(value) == encoder.to_bytes()


@given(st.binary())
def test_frames_are_those_of_other_implementations(update: bytes) -> None:
    assert messages.update_frame(update) == create_update_message(update)
    assert messages.awareness_frame(update) == create_awareness_message(update)


@given(st.binary())
def test_payloads_survive(payload: bytes) -> None:
    assert messages.decode_message(messages.step_1(payload)) == (Kind.STEP_1, payload)
    assert messages.decode_message(messages.step_2(payload)) == (Kind.STEP_2, payload)
    assert messages.decode_message(messages.update_frame(payload)) == (Kind.UPDATE, payload)
    assert messages.decode_message(messages.awareness_frame(payload)) == (Kind.AWARENESS, payload)


@given(st.binary())
def test_any_bytes_are_a_message_or_malformed(frame: bytes) -> None:
    with contextlib.suppress(Malformed):
        messages.decode_message(frame)
    with contextlib.suppress(Malformed):
        messages.decode_state_vector(frame)
    with contextlib.suppress(Malformed):
        decode_awareness(frame)


@given(st.binary(min_size=1), st.data())
def test_a_cut_frame_is_malformed(payload: bytes, data: st.DataObject) -> None:
    frame = messages.update_frame(payload)
    with pytest.raises(Malformed):
        messages.decode_message(frame[: data.draw(st.integers(0, len(frame) - 1))])


@given(st.lists(st.tuples(uints, uints), max_size=5))
def test_awareness_survives(states: list[tuple[int, int]]) -> None:
    entries = [AwarenessEntry(client, clock, b'{"caret":1}') for client, clock in states]
    _kind, payload = messages.decode_message(encode_awareness(entries))
    assert decode_awareness(payload) == entries


@pytest.mark.parametrize("state", ["NaN", "[NaN]", '{"a":Infinity}', "[" * 5000, "1", '"text"', "{", ""])
def test_a_state_that_would_stop_other_clients_is_malformed(state: str) -> None:
    payload = b"\x01\x05\x01" + messages.encode_chunk(state.encode())
    with pytest.raises(Malformed):
        decode_awareness(payload)
