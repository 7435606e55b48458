"""What stands in the column „Rolle“, in words that people use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.people.invitations.columns import plain
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sentences import N_


@dataclass(frozen=True, slots=True)
class Part:
    """A role as it is invited: mayors and deputies are signatories with a mandate of that kind."""

    role: Role
    capacity: MandateKind = MandateKind.MAYOR


PARTS: Final[Mapping[str, Part]] = {
    "coordinator": Part(Role.COORDINATOR),
    "editor": Part(Role.EDITOR),
    "suggester": Part(Role.SUGGESTER),
    "mayor": Part(Role.SIGNATORY, MandateKind.MAYOR),
    "deputy": Part(Role.SIGNATORY, MandateKind.DEPUTY),
    "joint": Part(Role.SIGNATORY, MandateKind.JOINT),
    "observer": Part(Role.OBSERVER),
    "press": Part(Role.PRESS),
}
"""By the word that forms use."""
PART_LABELS: Final[Mapping[str, str]] = {
    "coordinator": N_("Coordination"),
    "editor": N_("Mayor's staff"),
    "suggester": N_("Suggestions only"),
    "mayor": N_("Mayor"),
    "deputy": N_("Deputy"),
    "joint": N_("Authorised employee, signs with a second one"),
    "observer": N_("Observer"),
    "press": N_("Press office"),
}
OFFICES: Final = (
    "Oberbürgermeisterin",
    "Oberbürgermeister",
    "Bürgermeisterin",
    "Bürgermeister",
    "Landrätin",
    "Landrat",
    "Verbandsvorsitzende",
    "Verbandsvorsitzender",
    "Amtsverweserin",
    "Amtsverweser",
)
"""Amtsverweser hold the office, they stand for nobody (§ 48 GemO BW)."""
DEPUTY_OFFICES: Final = (
    "Erste Bürgermeisterin",
    "Erster Bürgermeister",
    "Erste Beigeordnete",
    "Erster Beigeordneter",
    "Beigeordnete",
    "Beigeordneter",
    "Bürgermeister-Stellvertreterin",
    "Bürgermeister-Stellvertreter",
)
TITLES: Final = (*OFFICES, *DEPUTY_OFFICES)
"""Printed titles that forms offer; anything else may be typed."""

_WORDS: Final[Mapping[str, str]] = {
    "coordinator": "koordination|koordinatorin|koordinator|coordination",
    "editor": "referat|vorzimmer|referat vorzimmer|referentin|referent|bearbeitung|redaktion|büro|mitarbeit|"
    "schreibt mit|schreibend|schreibende|staff|mayor s staff",
    "suggester": "vorschläge|nur vorschläge|vorschlagend|suggestions only",
    "mayor": "unterzeichnende|unterzeichnend|unterzeichner|unterzeichnerin|signatory|ob|bm|lord mayor",
    "deputy": "stellvertretung|vertretung|stellvertreter|stellvertreterin|vertreter|vertreterin",
    "joint": "zu zweit|gemeinsam zu zweit|vertretungsberechtigt|zeichnungsbefugt zu zweit",
    "observer": "beobachtung|beobachter|beobachterin|beobachtend|gast|lesend|liest|liest mit",
    "press": "presse|pressestelle|pressesprecher|pressesprecherin|press office",
}
"""Beside the keys themselves and the titles, as `plain` writes them."""
_TITLE_BY_WORD: Final = {plain(title): title for title in TITLES}
_BY_WORD: Final[Mapping[str, str]] = {
    **{word: part for part, words in _WORDS.items() for word in (part, *words.split("|"))},
    **{plain(title): "mayor" for title in OFFICES},
    **{plain(title): "deputy" for title in DEPUTY_OFFICES},
}


def find_part(word: str) -> str | None:
    """A key of `PARTS`."""
    return _BY_WORD.get(plain(word))


def title_in(word: str) -> str:
    """„Oberbürgermeisterin“ in the column of roles says the title as well."""
    return _TITLE_BY_WORD.get(plain(word), "")


def part_of(role: Role, capacity: MandateKind) -> str:
    """The reverse of `PARTS`: a capacity counts for signatories only."""
    return next(
        key
        for key, part in PARTS.items()
        if part.role is role and (not role.facts.binds_municipality or part.capacity is capacity)
    )
