"""Who asks: one person for each role and each kind of municipality, and two who have none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.actions.declarations.start import Invitee
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from tests.world import LAHR, OFFENBURG

VISITOR, STRANGER = "visitor", "frank"
"""Not signed in; signed in without any part."""
KINDS: Final[Mapping[str, str]] = {
    "clara": "coordinator",
    "anna": "editor",
    "lena": "editor",
    "ben": "suggester",
    "doris": "signatory",
    "gustav": "signatory",
    "hugo": "former signatory",
    "emil": "press",
    "otto": "observer",
    STRANGER: "none",
    VISITOR: "visitor",
}
"""Anna and Doris are Offenburg's, Lena, Ben and Gustav Lahr's. Hugo's mandate for Offenburg has ended."""
INVITEES: Final = (
    Invitee("clara@example.org", "Clara", Role.COORDINATOR),
    Invitee("anna@example.org", "Anna", Role.EDITOR, OFFENBURG),
    Invitee("lena@example.org", "Lena", Role.EDITOR, LAHR),
    Invitee("ben@example.org", "Ben", Role.SUGGESTER, LAHR),
    Invitee("doris@example.org", "Doris", Role.SIGNATORY, OFFENBURG, "Oberbürgermeisterin"),
    Invitee("gustav@example.org", "Gustav", Role.SIGNATORY, LAHR, "Oberbürgermeister"),
    Invitee("hugo@example.org", "Hugo", Role.SIGNATORY, OFFENBURG, "Bürgermeister", MandateKind.DEPUTY),
    Invitee("emil@example.org", "Emil", Role.PRESS),
    Invitee("otto@example.org", "Otto", Role.OBSERVER),
)
OTHERS: Final = (
    Invitee("iris@example.org", "Iris", Role.COORDINATOR),
    Invitee("jonas@example.org", "Jonas", Role.SIGNATORY, OFFENBURG, "Oberbürgermeister"),
)
"""They have a declaration of their own, of which nobody else knows."""
HERE, TWIN, ELSEWHERE = "erklaerung", "zweite", "fremde"
"""The declaration; one with the same people in the same roles; that of the others."""
