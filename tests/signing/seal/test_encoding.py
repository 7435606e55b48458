"""An envelope is read once, byte by byte: in its one form, in any order, within bounds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.signing.seal.check.ber import BadEncoding, ensure_well_formed, value_length


def element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


values = st.recursive(
    st.one_of(
        st.sampled_from([b"\x01\x01\x00", b"\x01\x01\xff", b"\x05\x00", b"\x06\x03\x55\x04\x03"]),
        st.integers(-(2**70), 2**70).map(
            lambda n: element(2, n.to_bytes((n + (n < 0)).bit_length() // 8 + 1, "big", signed=True))
        ),
        st.binary(max_size=200).map(lambda data: element(4, data)),
        st.binary(max_size=20).map(lambda data: element(3, b"\0" + data)),
    ),
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda found: st.sampled_from([0x30, 0x31, 0xA0]).map(lambda tag: element(tag, b"".join(found)))
    ),
    max_leaves=20,
)


@given(values)
def test_what_a_signer_writes_is_well_formed(value: bytes) -> None:
    ensure_well_formed(value)
    assert value_length(value + b"\0\0") == len(value)


@given(values, st.binary(min_size=1, max_size=3))
def test_nothing_may_stand_behind_it(value: bytes, more: bytes) -> None:
    with pytest.raises(BadEncoding):
        ensure_well_formed(value + more)


@pytest.mark.parametrize("order", [b"\x02\x01\x01\x02\x01\x02", b"\x02\x01\x02\x02\x01\x01"])
def test_a_set_may_have_any_order(order: bytes) -> None:
    ensure_well_formed(element(0x31, order))


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\x30",
        b"\x30\x80\x00\x00",
        b"\x30\x81\x02\x05\x00",
        b"\x30\x82\x00\x80" + b"\x04\x7e" + bytes(126),
        b"\x30\x03\x02\x05\x01",
        b"\x1f\x81\x01\x00",
        b"\x01\x01\x01",
        b"\x01\x02\x00\x00",
        b"\x02\x00",
        b"\x02\x02\x00\x01",
        b"\x02\x02\xff\x80",
        b"\x03\x00",
        b"\x03\x01\x01",
        b"\x03\x02\x01\x01",
        b"\x03\x02\x08\x00",
        b"\x05\x01\x00",
        b"\x06\x00",
        b"\x06\x02\x80\x01",
        b"\x06\x03\x55\x80\x01",
        b"\x06\x02\x55\x84",
    ],
)
def test_another_form_is_refused(bad: bytes) -> None:
    with pytest.raises(BadEncoding):
        ensure_well_formed(bad)


def nested(levels: int) -> bytes:
    value = b""
    for _ in range(levels):
        value = element(0x30, value)
    return value


def test_nesting_has_an_end_and_costs_nothing() -> None:
    ensure_well_formed(nested(30))
    began = time.process_time()
    for levels in (40, 4_000):
        with pytest.raises(BadEncoding, match="deeply"):
            ensure_well_formed(nested(levels))
    with pytest.raises(BadEncoding, match="many"):
        ensure_well_formed(element(0x30, b"\x05\x00" * 200_000))
    assert time.process_time() - began < 2
