"""Where the validator misjudges a stream's length."""

from __future__ import annotations

import io

import page
import pikepdf


def is_false_alarm(pdf: bytes, failure: page.ValidationFailure) -> bool:
    """The validator takes a stream's last byte for the line end before `endstream` if it is a CR, and names
    no object where it does so twice. So this looks at all lengths: True if each of them is right to the
    byte and one of the streams does end in a CR."""
    if not failure.rule_id.endswith("-STREAM-LENGTH-001"):
        return False
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [item.read_raw_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream)]
    are_right = all(b"stream\n" + data + b"\nendstream" in pdf for data in streams)
    return are_right and any(data.endswith(b"\r") for data in streams)
