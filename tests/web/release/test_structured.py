"""The declaration for machines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from server.domain.people.mandates import MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer, Level
from server.storage.release.signed import Signed
from server.web.release.public.structured import endorsements

KEHL = Municipality("08317057", "Kehl", MunicipalityKind.GROSSE_KREISSTADT)


def test_both_who_sign_jointly_endorse_it() -> None:
    given = (_given(1, "Doris Distel", 9), _given(2, "Gustav Ginster", 10))
    found: list[Any] = endorsements(Signed(KEHL, given), {KEHL.ags: "Stadt Kehl"})
    assert [each["agent"]["name"] for each in found] == ["Doris Distel", "Gustav Ginster"]
    assert [each["startTime"] for each in found] == ["2026-06-17T09:00:00Z", "2026-06-17T10:00:00Z"]
    assert {each["agent"]["worksFor"]["name"] for each in found} == {"Stadt Kehl"}


def _given(number: int, name: str, hour: int) -> GivenAnswer:
    who = Signatory(KEHL, name, "Bürgermeister")
    at = datetime(2026, 6, 17, hour, tzinfo=UTC)
    return GivenAnswer(number, 1, number, who, MandateKind.JOINT, Answer.SIGNS, Level.PASSKEY, at)
