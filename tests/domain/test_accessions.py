"""Joining after the seal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.domain.errors import InvalidInput, KraftaktError, WrongPhase
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind
from server.domain.release.accessions import SealedText, accede, in_annex, parse_annex
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.errors import AlreadyAnswered, StaleRevision
from server.domain.sign_offs.statements import Level, SignOff, Statement

SEALED_AT = datetime(2027, 6, 17, 16, 0, tzinfo=UTC)
SEALED = SealedText(
    "erklaerung", "Erklärung", 3, "a" * 64, SEALED_AT - timedelta(days=1), "7Q4K-9M2P-C3DX", SEALED_AT
)
STATEMENT = Statement(
    declaration="erklaerung",
    declaration_title="Erklärung",
    revision=3,
    revision_digest="a" * 64,
    ags="08317065",
    municipality="Lahr/Schwarzwald",
    municipality_kind=MunicipalityKind.GROSSE_KREISSTADT,
    signatory="Gustav",
    title="Oberbürgermeister",
    capacity=MandateKind.MAYOR,
    answer=Answer.SIGNS,
    wording="Ich trete der Erklärung bei.",
    at=SEALED_AT + timedelta(days=40),
    nonce="00",
)


def signed(**changes: object) -> SignOff:
    statement = replace(STATEMENT, **changes)  # type: ignore[arg-type]  # any field of a statement
    return SignOff(1, 1, 1, statement, statement.canonical(), Level.PASSKEY, {})


def test_who_signs_the_sealed_text_afterwards_joins_it() -> None:
    assert accede(SEALED, {"08317096"}, signed()).statement == STATEMENT


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"revision_digest": "b" * 64}, StaleRevision),
        ({"declaration": "andere"}, StaleRevision),
        ({"ags": "08317096"}, AlreadyAnswered),
        ({"answer": Answer.DECLINES}, InvalidInput),
        ({"at": SEALED_AT}, WrongPhase),
    ],
)
def test_anything_else_is_no_accession(changes: dict[str, object], error: type[KraftaktError]) -> None:
    with pytest.raises(error):
        accede(SEALED, {"08317096"}, signed(**changes))


def test_an_annex_lists_towns_in_the_document_s_order_and_reads_back() -> None:
    village = signed(ags="08317005", municipality="Appenweier", municipality_kind=MunicipalityKind.GEMEINDE)
    annex, given = in_annex(2, SEALED, [accede(SEALED, (), village), accede(SEALED, (), signed())])
    assert annex.municipalities == ("08317065", "08317005")
    assert [s.statement.ags for s in given] == ["08317065", "08317005"]
    assert parse_annex(annex.canonical()) == annex


@pytest.mark.parametrize(
    "change",
    [
        lambda facts: facts.pop("sealed"),
        lambda facts: facts.update(extra=1),
        lambda facts: facts.update(format="kraftakt-annex/2"),
        lambda facts: facts.update(municipalities=7),
        lambda facts: facts["revision"].update(fixed_at="yesterday"),
    ],
)
def test_other_shapes_are_refused(change: object) -> None:
    facts = json.loads(in_annex(1, SEALED, [accede(SEALED, (), signed())])[0].canonical())
    change(facts)  # type: ignore[operator]  # one of the functions above
    with pytest.raises(ValueError, match=r"annex|time data"):
        parse_annex(json.dumps(facts).encode())
    with pytest.raises(ValueError, match=r"Expecting|annex"):
        parse_annex(b"")
