"""The people of the demo: invented, with the names of plants; their municipalities and offices are real."""

from __future__ import annotations

import json
from typing import Final

from server.actions.declarations.start import Invitee
from server.domain.people.mandates import MandateKind
from server.domain.people.municipalities import MunicipalityKind
from server.domain.people.roles import Role
from server.storage.declarations.seeding import REGION

OFFENBURG, LAHR = "08317096", "08317065"

STAFF: Final = (
    Invitee("clara@region.example", "Clara Clematis", Role.COORDINATOR),
    Invitee("anna@offenburg.example", "Anna Ahorn", Role.EDITOR, OFFENBURG),
    Invitee("ben@lahr.example", "Ben Birke", Role.EDITOR, LAHR),
    Invitee("emil@presse.example", "Emil Efeu", Role.PRESS),
)
_KNOWN: Final = {OFFENBURG: ("doris", "Doris Distel"), LAHR: ("gustav", "Gustav Ginster")}
_FIRST: Final = (
    "Alma", "Bruno", "Cäcilie", "Detlef", "Edda", "Falk", "Gesine", "Hanno", "Ilse", "Jörn", "Käthe",
    "Ludger", "Merle", "Norbert", "Ottilie", "Piet", "Rieke", "Söhnke", "Thea", "Uwe", "Vroni", "Willem",
)  # fmt: skip
_LAST: Final = (
    "Akelei", "Bärlapp", "Dotterblume", "Eibisch", "Fingerhut", "Günsel", "Haselstrauch", "Immergrün",
    "Johanniskraut", "Königskerze", "Löwenzahn", "Mädesüß", "Nelkenwurz", "Odermennig", "Pfaffenhütchen",
    "Quendel", "Rührmichnichtan", "Schlüsselblume", "Täschelkraut", "Ulmenzweig", "Veilchen",
    "Wiesenschaumkraut", "Zaunrübe",
)  # fmt: skip
_FEMININE: Final = frozenset(
    {"Alma", "Cäcilie", "Edda", "Gesine", "Ilse", "Käthe", "Merle", "Ottilie", "Rieke", "Thea", "Vroni"}
    | {"Doris"}
)


def demo_invitees() -> list[Invitee]:
    """Staff, and a mayor for each of the 51 municipalities."""
    towns = json.loads(REGION.read_text(encoding="utf-8"))["municipalities"]
    return [*STAFF, *(_mayor(place, town["ags"], town["kind"]) for place, town in enumerate(towns))]


def _mayor(place: int, ags: str, kind: str) -> Invitee:
    first, last = _FIRST[place % len(_FIRST)], _LAST[place * 7 % len(_LAST)]
    mailbox, name = _KNOWN.get(ags, (f"rathaus-{ags}", f"{first} {last}"))
    office = "Oberbürgermeister" if kind == MunicipalityKind.GROSSE_KREISSTADT else "Bürgermeister"
    ending = "in" if name.split()[0] in _FEMININE else ""
    return Invitee(
        f"{mailbox}@rathaus.example", name, Role.SIGNATORY, ags, office + ending, MandateKind.MAYOR
    )
