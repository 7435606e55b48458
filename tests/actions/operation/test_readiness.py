"""A broken key, font or authority is found at the start, not on the day of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fontTools.ttLib import TTFont

from server.actions.operation.readiness import Result, Verdict, check_authorities, check_here
from server.app import SEAL_FONT
from server.signing.seal.authority import Authority
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import load_key
from tests.keys import NOW, write_key

NOBODY = Authority("http://127.0.0.1:9/")  # the discard port: nobody listens there
DAY = timedelta(days=1)
FAULTS: Mapping[str, tuple[dict[str, Any], str]] = {
    "expired": ({"until": NOW - timedelta(hours=1)}, "Regionalbüro has expired."),
    "not yet valid": ({"since": NOW + DAY}, "Regionalbüro is not valid yet."),
    "not for signing": ({"signs": False}, "The certificate is not meant for signatures (key usage)."),
    "without its chain": ({"has_issuer": False}, "The issuer of Regionalbüro is missing."),
}


def sealer(folder: Path, **key: Any) -> Sealer:
    return Sealer(load_key(write_key(folder / "seal.p12", **key)), SEAL_FONT)


def bad(results: list[Result]) -> list[tuple[str, str]]:
    return [(result.verdict, result.sentence) for result in results if result.verdict is not Verdict.GOOD]


def test_a_good_key_is_found_good(tmp_path: Path) -> None:
    results = check_here(sealer(tmp_path), NOW)
    assert [(r.what, r.verdict) for r in results] == [("fonts", Verdict.GOOD), ("key", Verdict.GOOD)]


@pytest.mark.parametrize("name", FAULTS)
def test_a_certificate_that_cannot_seal_is_a_fault(tmp_path: Path, name: str) -> None:
    key, sentence = FAULTS[name]
    assert bad(check_here(sealer(tmp_path, **key), NOW)) == [("FAULT", sentence)]


def test_a_key_of_another_certificate_is_a_fault(tmp_path: Path) -> None:
    one, other = sealer(tmp_path), sealer(tmp_path)
    mixed = replace(one, key=replace(one.key, certificate=other.key.certificate))
    sentence = "The private key does not belong to the certificate."
    assert ("FAULT", sentence) in bad(check_here(mixed, NOW))


@pytest.mark.parametrize(("days", "warned"), [(59, True), (61, False)])
def test_a_certificate_s_end_is_announced_sixty_days_before(tmp_path: Path, days: int, warned: bool) -> None:
    end = NOW + timedelta(days=days)
    expected = [("warning", f"Regionalbüro expires on {end:%Y-%m-%d}.")] if warned else []
    assert bad(check_here(sealer(tmp_path, until=end), datetime.now(UTC))) == expected


def test_a_damaged_font_of_the_seal_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(SEAL_FONT.read_bytes()[:500])
    found = bad(check_here(replace(sealer(tmp_path), font=tmp_path / "font.ttf"), NOW))
    assert [verdict for verdict, _ in found] == ["FAULT"]
    assert "font of the seal" in found[0][1]


def test_a_missing_font_of_the_document_is_a_fault(tmp_path: Path) -> None:
    with patch(
        "server.actions.operation.readiness.load_faces", side_effect=FileNotFoundError("NotoSerif-Bold.ttf")
    ):
        found = bad(check_here(sealer(tmp_path), NOW))
    assert found[0][0] == "FAULT"
    assert "NotoSerif-Bold.ttf" in found[0][1]


def test_an_authority_that_does_not_answer_is_a_warning(tmp_path: Path) -> None:
    found = bad(check_authorities(replace(sealer(tmp_path), authorities=(NOBODY,), timeout=2), NOW))
    assert found == [
        ("warning", "The time-stamp authority http://127.0.0.1:9/ fails (TimestampRequestError).")
    ]


def test_no_authority_at_all_is_said(tmp_path: Path) -> None:
    assert bad(check_authorities(sealer(tmp_path), NOW))[0][0] == "warning"


def test_the_seal_s_font_shows_every_letter_that_a_name_may_have() -> None:
    with TTFont(SEAL_FONT) as small, TTFont(SEAL_FONT.with_name("NotoSans-Regular.ttf")) as whole:
        assert set(whole.getBestCmap()) - set(small.getBestCmap()) == set()
