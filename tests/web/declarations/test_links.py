"""What the overview offers beside the next step."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.declarations.links import links_for
from server.web.declarations.progress import Line, Progress
from server.web.declarations.situations import Facts
from tests.web.declarations.lines import answered

AT = datetime(2026, 6, 17, tzinfo=UTC)
OFFENBURG = Municipality("08317096", "Offenburg", MunicipalityKind.GROSSE_KREISSTADT)
LAHR = Municipality("08317065", "Lahr", MunicipalityKind.GROSSE_KREISSTADT)
OPEN = [Line(Signatory(town, "Doris", "Oberbürgermeisterin")) for town in (OFFENBURG, LAHR)]
SIGNED = [answered(line.signatory) for line in OPEN]


def pages(role: Role, phase: Phase, *lines: Line, has_edition: bool = True) -> list[str]:
    declaration = Declaration(1, "x", "Erklärung", phase, "Region", None, None, text_id=1)
    access = Access(Person(1, "clara@example.org", "Clara"), declaration, frozenset({role}))
    return [
        link.href.removeprefix("/declarations/x/")
        for link in links_for(Facts(access, [], Progress(lines), AT, has_edition))
    ]


@pytest.mark.parametrize(
    ("role", "phase", "expected"),
    [
        (Role.COORDINATOR, Phase.DRAFTING, ["freeze", "branches", "workshops", "log"]),
        (Role.COORDINATOR, Phase.SIGNING, ["seal", "paper", "reopen", "edit", "log"]),
        (Role.COORDINATOR, Phase.SEALED, ["final.html", "log"]),
        (Role.EDITOR, Phase.DRAFTING, ["branches"]),
        (Role.EDITOR, Phase.SIGNING, ["edit"]),
        (Role.SUGGESTER, Phase.SIGNING, ["edit"]),
        (Role.SIGNATORY, Phase.SIGNING, []),
        (Role.PRESS, Phase.SEALED, []),
        (Role.PRESS, Phase.PUBLISHED, ["final.html"]),
    ],
)
def test_everybody_is_offered_what_they_may_do(role: Role, phase: Phase, expected: list[str]) -> None:
    assert pages(role, phase, SIGNED[0], OPEN[1]) == expected


def test_reminding_is_offered_beside_another_next_step() -> None:
    assert "reminders" in pages(Role.COORDINATOR, Phase.SIGNING, *SIGNED)


@pytest.mark.parametrize("lines", [OPEN, SIGNED], ids=["nobody has signed", "it is the next step"])
def test_the_seal_is_not_offered(lines: list[Line]) -> None:
    assert "seal" not in pages(Role.COORDINATOR, Phase.SIGNING, *lines)


def test_a_document_of_before_there_was_an_edition_has_none() -> None:
    assert pages(Role.PRESS, Phase.SEALED, has_edition=False) == []
