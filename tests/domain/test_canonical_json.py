"""Canonical JSON equals an independent implementation of RFC 8785 on everything it accepts."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from server.domain.canonical import MAX_INTEGER, canonical_bytes

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
