"""No byte of a sealed file is free: wherever one is changed, neither verifier calls the file unchanged.

Not even the padding is, the zeros behind the signature's value: no signature covers them, but they are
looked at.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from server.domain.release.verification import HELD_VERDICTS, Verdict
from tests.browser_check import kept
from tests.browser_check.sealed_files import with_a_passkey_and_a_code
from tests.vectors.checked import WHOLE, Question, checking
from tests.vectors.in_the_browser import ask_browser, comparable

HELD = {verdict for verdict, _ in HELD_VERDICTS}
EACH, ANYWHERE = (20, 200) if WHOLE else (2, 20)
"""Bytes of each region, and of the whole file."""

pytestmark = pytest.mark.timeout(900)


def regions(pdf: bytes) -> Mapping[str, range]:
    """Parts of the file by what they are for."""
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    filled = start + len(pdf[start:end].rstrip(b"0"))
    base = pdf.index(b"%%EOF")
    tables = [match.start() for match in re.finditer(rb"startxref", pdf)]
    numbers = re.search(rb"/ByteRange \[[^\]]*\]", pdf)
    assert numbers is not None
    return {
        "header": range(12),
        "objects before the seal": range(12, tables[0]),
        "end of the file before the seal": range(tables[0], base + 6),
        "objects of the seal's revision": range(base + 6, start - 1),
        "bounds of the signature's value": range(start - 1, start),
        "signature's value": range(start, filled),
        "padding": range(filled, end),
        "closing bound": range(end, end + 1),
        "byte range": range(*numbers.span()),
        "behind the signature": range(end + 1, tables[-1]),
        "end of the file": range(tables[-1], len(pdf)),
    }


def changed(pdf: bytes) -> Mapping[str, bytes]:
    chance = random.Random(12)
    wanted = [(name, chance.choice(region)) for name, region in regions(pdf).items() for _ in range(EACH)]
    wanted += [("anywhere", chance.randrange(len(pdf))) for _ in range(ANYWHERE)]
    files = {}
    for name, place in wanted:
        other = bytes([pdf[place] ^ chance.randrange(1, 256)])
        files[f"{name}, byte {place}"] = pdf[:place] + other + pdf[place + 1 :]
    return files


def test_the_regions_are_the_whole_file(tmp_path: Path) -> None:
    pdf = with_a_passkey_and_a_code(tmp_path / "world").seal()
    covered = {place for region in regions(pdf).values() for place in region}
    assert covered == set(range(len(pdf)))
    padding = regions(pdf)["padding"]
    assert len(padding) > 1000
    assert set(pdf[padding.start : padding.stop]) == {ord("0")}


def test_no_changed_byte_is_called_unchanged(tmp_path: Path) -> None:
    pdf = with_a_passkey_and_a_code(tmp_path / "world").seal()
    files = {"nothing changed": pdf, **changed(pdf)}
    with checking() as checked:
        reports = checked.ask_all([Question(data, None) for data in files.values()])
    said = dict(zip(files, (report.verdict for report in reports), strict=True))
    assert said.pop("nothing changed") in HELD
    assert [name for name, verdict in said.items() if verdict in HELD] == []
    browser = {name: found["verdict"] for name, found in ask_files(files, tmp_path / "files").items()}
    assert browser.pop("nothing changed") in HELD
    assert [name for name, verdict in browser.items() if verdict in HELD] == []


def flipped(pdf: bytes, value: re.Match[bytes], count: int) -> Mapping[str, bytes]:
    """With one other bit each in the value of a signature."""
    chance = random.Random(12)
    files = {}
    for _ in range(count):
        place = chance.randrange((value.end(1) - value.start(1)) // 2)
        at, bit = value.start(1) + 2 * place, 1 << chance.randrange(8)
        other = b"%02X" % (int(pdf[at : at + 2], 16) ^ bit)
        files[f"byte {place} behind {value.start(1)}, bit {bit}"] = pdf[:at] + other + pdf[at + 2 :]
    return files


def test_a_changed_bit_of_seal_or_time_stamp_is_never_genuine_and_both_verifiers_call_it_the_same(
    tmp_path: Path,
) -> None:
    """No signature covers the newest time stamp. What is not signed in it either, versions, algorithms and
    certificates above the authority's, is looked at. Where the browser cannot tell a damaged name of an
    algorithm from one that it does not know, it says so."""
    pdf, root = kept.STAMPED.read_bytes(), kept.ROOT.read_bytes()
    values = [v for v in re.finditer(rb"/Contents <([0-9A-F]*?)(?:00)*>", pdf) if v[1]]
    files = {"nothing changed": pdf} | flipped(pdf, values[0], 5 * EACH) | flipped(pdf, values[-1], 5 * EACH)
    with checking() as checked:
        rooted = checked.ask_all([Question(data, (root,)) for data in files.values()])
        reports = checked.ask_all([Question(data, None) for data in files.values()])
    said = dict(zip(files, (report.verdict for report in rooted), strict=True))
    assert said.pop("nothing changed") is Verdict.GENUINE
    assert [name for name, verdict in said.items() if verdict in HELD] == []
    browser = ask_files(files, tmp_path / "files")
    differ = []
    for name, report in zip(files, reports, strict=True):
        found, wanted = browser[name], report.to_json()
        if _knows_the_algorithm(found) and comparable(found) != comparable(wanted):
            differ.append((name, comparable(found), comparable(wanted)))
        assert found["verdict"] == wanted["verdict"], name
    assert differ == []


def _knows_the_algorithm(report: Mapping[str, Any]) -> bool:
    seal = [(f["check"], f["outcome"]) for f in report["findings"] if f["check"].startswith("seal.")]
    return seal != [("seal.intact", "missing")]


def ask_files(files: Mapping[str, bytes], folder: Path) -> dict[str, Mapping[str, Any]]:
    """The browser's reports."""
    folder.mkdir()
    named = {name: f"{hashlib.sha256(data).hexdigest()}.pdf" for name, data in files.items()}
    for name, data in files.items():
        (folder / named[name]).write_bytes(data)
    rows = {"vectors": [{"file": file} for file in named.values()]}
    (folder / "vectors.json").write_text(json.dumps(rows))
    found = ask_browser(folder)
    return {name: found[file]["report"] for name, file in named.items()}
