"""The statement that is signed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from server.domain.canonical import canonical_bytes
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind, din_5007_key
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import (
    Level,
    SignOff,
    Statement,
    counting,
    parse_statement,
    read_statement,
)

STATEMENT = Statement(
    declaration="erklaerung",
    declaration_title="Erklärung",
    revision=1,
    revision_digest="ab" * 32,
    ags="08317096",
    municipality="Offenburg",
    municipality_kind=MunicipalityKind.GROSSE_KREISSTADT,
    signatory="Doris Distel",
    title="Oberbürgermeisterin",
    capacity=MandateKind.MAYOR,
    answer=Answer.SIGNS,
    wording="Ich zeichne.",
    at=datetime(2026, 6, 17, 12, 0, tzinfo=UTC),
    nonce="00" * 16,
)


def sign_off(number: int, statement: Statement) -> SignOff:
    return SignOff(number, 1, 1, statement, statement.canonical(), Level.PASSKEY, {})


def test_what_was_declared_is_read_back() -> None:
    assert parse_statement(json.loads(STATEMENT.canonical())) == STATEMENT


@pytest.mark.parametrize("key", ["declaration", "revision", "municipality", "signatory", "answer", "at"])
def test_a_statement_with_a_part_missing_is_refused(key: str) -> None:
    data = json.loads(STATEMENT.canonical())
    del data[key]
    with pytest.raises(ValueError, match="malformed"):
        parse_statement(data)


def test_a_sign_off_counts_for_the_digest_that_it_names_and_no_other() -> None:
    old = sign_off(1, STATEMENT)
    new = sign_off(2, replace(STATEMENT, revision=2, revision_digest="cd" * 32))
    assert counting([old, new], "cd" * 32) == [new]


def test_signatories_stand_in_the_order_of_kind_and_din_5007() -> None:
    towns = [
        ("Zell am Harmersbach", MunicipalityKind.STADT),
        ("Ödsbach", MunicipalityKind.GEMEINDE),
        ("Ohlsbach", MunicipalityKind.GEMEINDE),
        ("Offenburg", MunicipalityKind.GROSSE_KREISSTADT),
        ("Achern", MunicipalityKind.GROSSE_KREISSTADT),
    ]
    given = [
        sign_off(i, replace(STATEMENT, ags=str(i), municipality=name, municipality_kind=kind))
        for i, (name, kind) in enumerate(towns)
    ]
    listed = [s.statement.municipality for s in counting(given, STATEMENT.revision_digest)]
    assert listed == ["Achern", "Offenburg", "Zell am Harmersbach", "Ödsbach", "Ohlsbach"]


def test_umlauts_sort_as_their_base_letters() -> None:
    names = ["Lahr/Schwarzwald", "Lautenbach", "Haßlach", "Hassmersheim", "Hausach", "Höfen", "Hofstetten"]
    assert sorted(names, key=din_5007_key) == [
        "Haßlach",
        "Hassmersheim",
        "Hausach",
        "Höfen",
        "Hofstetten",
        "Lahr/Schwarzwald",
        "Lautenbach",
    ]


@pytest.mark.parametrize(
    "path",
    ["text", "council_date", "council_body", "council_reference", "signatory represents", "signatory reason"],
)
def test_a_member_with_a_default_may_be_missing(path: str) -> None:
    data = json.loads(STATEMENT.canonical())
    *inside, last = path.split()
    del (data[inside[0]] if inside else data)[last]
    assert read_statement(canonical_bytes(data)) == STATEMENT


def surplus(data: dict[str, Any]) -> None:
    data["note"] = ""


def surplus_inside(data: dict[str, Any]) -> None:
    data["signatory"]["note"] = ""


def truth_as_number(data: dict[str, Any]) -> None:
    data["revision"]["number"] = True


def another_format(data: dict[str, Any]) -> None:
    data["format"] = "kraftakt-sign-off/2"


@pytest.mark.parametrize("change", [surplus, surplus_inside, truth_as_number, another_format])
def test_what_this_release_does_not_know_is_not_read(change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(STATEMENT.canonical())
    change(data)
    with pytest.raises(ValueError, match="statement"):
        read_statement(canonical_bytes(data))


@pytest.mark.parametrize("data", [b"", b"[]", b"1.5", b"\xff", b"[" * 100_000, STATEMENT.canonical() + b" "])
def test_bytes_that_are_no_statement_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="statement"):
        read_statement(data)
