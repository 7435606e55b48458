"""What is excused of the validator, and what is not."""

from __future__ import annotations

import io

import page
import pikepdf
import pytest

from tests.documents.stream_lengths import is_false_alarm


def file_with(*streams: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for number, data in enumerate(streams):
            pdf.Root[f"/Stream{number}"] = pdf.make_stream(data)
        pdf.save(
            out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True
        )
    return out.getvalue()


def length_failures(pdf: bytes) -> list[page.ValidationFailure]:
    failures = page.validate_pdf_bytes(pdf, profile="3a").failures
    return [failure for failure in failures if "STREAM-LENGTH" in failure.rule_id]


@pytest.mark.parametrize("streams", [(b"one\r", b"two"), (b"one\r", b"two\r")])
def test_streams_that_end_in_a_cr_are_excused(streams: tuple[bytes, ...]) -> None:
    pdf = file_with(*streams)
    failures = length_failures(pdf)
    assert failures
    assert all(is_false_alarm(pdf, failure) for failure in failures)


@pytest.mark.parametrize("wrong", [b"2", b"4", b"5"])
def test_a_wrong_length_beside_a_cr_is_not_excused(wrong: bytes) -> None:
    pdf = file_with(b"one\r", b"two").replace(b"/Length 3 ", b"/Length " + wrong + b" ")
    failures = length_failures(pdf)
    assert failures
    assert not any(is_false_alarm(pdf, failure) for failure in failures)


def test_a_stream_whose_cr_is_not_counted_is_not_excused() -> None:
    pdf = file_with(b"one\r")
    failure = length_failures(pdf)[0]
    assert not is_false_alarm(pdf.replace(b"/Length 4 ", b"/Length 3 "), failure)
