"""Canonical JSON equals an independent implementation of RFC 8785 on everything it accepts."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from server.domain.canonical import (
    DEEPEST,
    MAX_INTEGER,
    canonical_bytes,
    digest_of,
    number_of,
    parse_canonical,
)

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_the_bytes_equal_those_of_the_reference(value: object) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(values)
def test_decoding_and_encoding_again_changes_nothing(value: object) -> None:
    data = canonical_bytes(value)
    assert canonical_bytes(json.loads(data)) == data


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: "x"}, b"bytes", {"a": {2.0}}, 2**53])
def test_what_has_no_safe_form_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical_bytes(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b"NaN",
        b"1.0",
        b"-0",
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf1",
        b"",
        b"9" * 5000,
    ],
)
def test_what_is_not_in_its_canonical_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_canonical(data)


def test_two_hundred_levels_are_read_and_no_more() -> None:
    deep = b"[" * DEEPEST + b"[]" + b"]" * DEEPEST
    assert parse_canonical(deep) is not None
    for more in (1, 100_000):
        with pytest.raises(ValueError, match=r"."):
            parse_canonical(b"[" * more + deep + b"]" * more)


def test_a_boolean_is_no_number_and_capitals_are_no_digest() -> None:
    assert number_of(1) == 1
    assert digest_of("a" * 64) == "a" * 64
    for bad in (True, 1.0, "1"):
        with pytest.raises(ValueError, match=r"."):
            number_of(bad)
    for bad in ("A" * 64, " " + "a" * 64, "a" * 64 + "\n", "a" * 62, 1):
        with pytest.raises(ValueError, match=r"."):
            digest_of(bad)
