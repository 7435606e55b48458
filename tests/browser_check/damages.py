"""Changes of a sealed file after the seal, by people without the key."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pikepdf

from tests.signing.seal import test_damaged_seal as later
from tests.signing.seals import update

SEED: Final = 18
Damage = Callable[[bytes], bytes]


def _value(pdf: bytes) -> tuple[int, int]:
    start = pdf.index(b"/Contents <") + 11
    return start, pdf.index(b">", start)


def _in_small_letters(pdf: bytes) -> bytes:
    start, end = _value(pdf)
    return pdf[:start] + pdf[start:end].lower() + pdf[end:]


def _hidden_behind_the_value(pdf: bytes) -> bytes:
    _, end = _value(pdf)
    return pdf[: end - 8] + b"DEADBEEF" + pdf[end:]


def _without_its_first_digit(pdf: bytes) -> bytes:
    start, _ = _value(pdf)
    return pdf[:start] + b"0" + pdf[start + 1 :]


def to_the_seal(pdf: bytes) -> bytes:
    """Without all that follows what the seal covers."""
    numbers = re.search(rb"/ByteRange \[\s*0 \d+ (\d+) (\d+)", pdf)
    assert numbers is not None
    return pdf[: int(numbers[1]) + int(numbers[2])]


def _encrypted_by_the_trailer(pdf: bytes) -> bytes:
    """A further revision, which says that all of the file is encrypted."""
    start = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    table = (
        b"xref\n0 0\ntrailer\n<< /Root 1 0 R /Size 9999 /Prev %s /Encrypt << /Filter /Standard /V 1 >> >>\n"
    )
    return pdf + table % start + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def _resaved(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out)
    return out.getvalue()


WHOLE: Final[Mapping[str, Damage]] = {
    "in small letters": _in_small_letters,
    "hidden behind the value": _hidden_behind_the_value,
    "another first digit of the value": _without_its_first_digit,
    "another page": lambda pdf: update(pdf, later.change_the_page),
    "a note over the text": lambda pdf: update(pdf, later.lay_a_note_over_the_text),
    "another attachment": lambda pdf: update(pdf, later.swap_the_attachment),
    "no certification": lambda pdf: update(pdf, later.drop_the_certification),
    "an empty revision": lambda pdf: update(pdf, later.add_nothing),
}
"""Both verifiers say the same."""
OF_THE_VALUE: Final = ("in small letters", "hidden behind the value", "another first digit of the value")

RAW: Final[Mapping[str, Damage]] = {
    "a line more": lambda pdf: pdf + b"\n",
    "a letter more": lambda pdf: pdf + b"x",
    "an end more": lambda pdf: pdf + b"%%EOF\n",
    "an object more": lambda pdf: pdf + b"1 0 obj\n<<>>\nendobj\n",
    "other metadata": lambda pdf: update(pdf, later.rewrite_the_metadata),
    "a line before": lambda pdf: b"\n" + pdf,
    "a byte less": lambda pdf: pdf[:-1],
    "half": lambda pdf: pdf[: len(pdf) // 2],
    "resaved by other software": _resaved,
    "an encryption in its trailer": _encrypted_by_the_trailer,
}
"""Of the file as a row of bytes."""


_DRAWN: Final = re.compile(rb"obj\n<<((?:(?!endobj).)*?)>>\nstream\n(.*?)\nendstream", re.DOTALL)
"""An object with a stream: what is said of it, and its bytes."""


def flips(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """One changed bit: twenty in what is drawn, twenty within the signature's value. Elsewhere a file may be
    one that nobody can read any more, or not: `tests/vectors/test_changed_bytes.py`."""
    chance = random.Random(SEED)
    start, end = _value(pdf)
    filled = start + len(pdf[start:end].rstrip(b"0"))
    drawn = [found.span(2) for found in _DRAWN.finditer(pdf) if b"/Type" not in found[1] and found[2]]
    places = [chance.randrange(*chance.choice(drawn)) for _ in range(20)]
    places += [chance.randrange(start, filled) for _ in range(20)]
    for place in places:
        yield f"a bit at {place}", later.flip(pdf, place)
