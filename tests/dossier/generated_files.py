"""Hostile files by seeds: damaged, cut, joined, nested, and full of nonsense where ours have sense."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from tests.dossier.foreign_files import letter
from tests.dossier.hostile_files import NOTHING, hostile_files, stream, with_attachments, with_page

SEEDS: Final = 16
Kind = Callable[[random.Random], bytes]
_MARKS: Final = (
    *("obj", "endobj", "stream", "endstream", "<<", ">>", "[", "]", "(", ")", "<41>", "true", "null"),
    *(
        "/Length",
        "/Kids",
        "/Parent",
        "/Type",
        "/Filter",
        "/FlateDecode",
        "/ObjStm",
        "/Root",
        "/Size",
        "/Prev",
    ),
    *("/Encrypt", "1 0 R", "2 0 R", "xref", "trailer", "startxref", "%%EOF", "-1", "99999999999"),
)
_NAMES: Final = ("erklaerung.json", "nachweise.json", "protokoll.json", "protokoll-kopf.json")


def _marks(chance: random.Random) -> bytes:
    words = " ".join(chance.choices(_MARKS, k=200))
    return f"%PDF-1.7\n{words}\nstartxref\n{chance.randrange(400)}\n%%EOF\n".encode()


def _bytes_changed(chance: random.Random) -> bytes:
    data = bytearray(letter())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(9, len(data))] = chance.randrange(256)
    return bytes(data)


def _cut(chance: random.Random) -> bytes:
    data = letter()
    start = chance.randrange(9, len(data) - 20)
    return data[:start] + data[start + chance.randrange(1, 200) :]


@cache
def _small_files() -> tuple[bytes, ...]:
    return tuple(data for data in hostile_files().values() if len(data) < 50_000)


def _joined(chance: random.Random) -> bytes:
    return b"".join(chance.choices(_small_files(), k=3))


def _random_streams(chance: random.Random) -> bytes:
    return with_page("", stream(chance.randbytes(300), "/Filter /FlateDecode"))


def _random_attachments(chance: random.Random) -> bytes:
    return with_attachments({name: chance.randbytes(chance.randrange(400)) for name in _NAMES})


def _json_of_nonsense(chance: random.Random) -> bytes:
    words = ["{", "}", "[", "]", '"format"', ":", ",", "1e999", "null", '"\\ud800"', "-0", '"kraftakt-log/1"']
    return with_attachments({name: "".join(chance.choices(words, k=60)).encode() for name in _NAMES})


def _deep(chance: random.Random) -> bytes:
    depth = chance.randrange(10, 100_000)
    left, right = chance.choice([("[", "]"), ("<< /A ", " >>"), ("(", ")")])
    return with_page("/Deep 5 0 R", NOTHING, left * depth + right * depth)


def _signed_with_nonsense(chance: random.Random) -> bytes:
    value = chance.randbytes(200).hex()
    numbers = " ".join(str(chance.choice([0, 1, -1, 10**9, chance.randrange(2000)])) for _ in range(4))
    field = "<< /FT /Sig /T (Siegel) /V 6 0 R >>"
    signature = f"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents <{value}> /ByteRange [{numbers}] >>"
    return with_page("/AcroForm << /Fields [5 0 R] >>", NOTHING, field, signature)


KINDS: Final[Mapping[str, Kind]] = {
    "words of the format": _marks,
    "changed bytes": _bytes_changed,
    "a piece cut out": _cut,
    "three files in one": _joined,
    "streams of nonsense": _random_streams,
    "attachments of nonsense": _random_attachments,
    "attachments of JSON's words": _json_of_nonsense,
    "nested": _deep,
    "signed with nonsense": _signed_with_nonsense,
}


def generated_files() -> dict[str, bytes]:
    """The same ones each time."""
    return {
        f"{name}, {seed}": make(random.Random(f"{name} {seed}"))
        for name, make in KINDS.items()
        for seed in range(SEEDS)
    }
