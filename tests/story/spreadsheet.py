"""The table that a regional office keeps: for each municipality its office, its mayor, and one more."""

from __future__ import annotations

import json
import re
from typing import Final

from tests.story.service import ROOT

_FIRST: Final = "Anna|Ben|Doris|Emil|Frieda|Gustav|Hanna|Ida|Jakob|Klara|Lena|Moritz|Nora"
_LAST: Final = "Ahorn|Birke|Distel|Efeu|Farn|Ginster|Holunder|Iris|Kamille|Linde|Malve|Nelke|Quitte"
OFFICES: Final = {
    "grosse_kreisstadt": "Oberbürgermeisterin",
    "stadt": "Bürgermeister",
    "gemeinde": "Bürgermeisterin",
}
HEADINGS: Final = ("Name", "E-Mail", "Rolle", "Kommune", "Amtsbezeichnung")
LETTERS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def rows() -> list[list[str]]:
    """153: three for each of the 51, in the order of the columns."""
    register = json.loads((ROOT / "server" / "data" / "ortenaukreis.json").read_text("utf-8"))
    table = []
    for place, town in enumerate(register["municipalities"]):
        name, host = town["name"], f"{_host(town['name'])}.example"
        has_press = town["kind"] == "grosse_kreisstadt"
        role, title = ("Pressestelle", "") if has_press else ("Stellvertretung", "Beigeordneter")
        table += [
            [_person(3 * place), f"vorzimmer@{host}", "Referat", name, ""],
            [_person(3 * place + 1), f"rathaus@{host}", OFFICES[town["kind"]], name, OFFICES[town["kind"]]],
            [_person(3 * place + 2), f"zweite@{host}", role, name, title],
        ]
    return table


def _host(town: str) -> str:
    return re.sub("[^a-z]+", "-", town.lower().translate(LETTERS)).strip("-")


def _person(number: int) -> str:
    """Another one for each number up to 168."""
    first, last = _FIRST.split("|"), _LAST.split("|")
    return f"{first[number % 13]} {last[(number + number // 13) % 13]}"


def pasted(table: list[list[str]]) -> str:
    """As a spreadsheet puts it on the clipboard."""
    return "\n".join("\t".join(row) for row in [list(HEADINGS), *table])
