"""The board as a file: what is public for whoever follows the sign-offs, the rest for the coordination."""

from __future__ import annotations

import csv
import io

import pytest

from server.domain.sign_offs.answers import Answer
from server.web.declarations.board.export import csv_text, harmless
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG

BOARD = f"{HOME}/board"


@pytest.fixture
def answered(site: Site) -> Site:
    site.world.freeze()
    site.world.answer("doris", Answer.SIGNS_WITH_STATEMENT, "=1+1; nur mit Landesmitteln")
    site.world.answer("gustav", Answer.DECLINES, note="+49 verrät nichts")
    return site


def table(source: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(source.removeprefix("\ufeff")), delimiter=";"))


def test_the_csv_opens_in_a_spreadsheet_with_german_settings(answered: Site) -> None:
    page = answered.visitor("anna").open(f"{BOARD}.csv")
    assert page.headers["content-type"] == "text/csv; charset=utf-8"
    assert page.headers["content-disposition"] == 'attachment; filename="erklaerung-2026-06-17.csv"'
    assert page.source.startswith('\ufeff"Amtlicher Gemeindeschlüssel";"Kommune";')
    rows = {row["Kommune"]: row for row in table(page.source)}
    assert rows["Offenburg"]["Antwort"] == "zeichnet mit Protokollerklärung"
    assert rows["Offenburg"]["Zählt zum Quorum"] == "ja"
    assert rows["Lahr/Schwarzwald"]["Antwort"] == "zeichnet nicht"


def test_no_cell_of_the_csv_is_a_formula(answered: Site) -> None:
    rows = table(answered.visitor("clara").open(f"{BOARD}.csv?scope=internal").source)
    cells = [cell for row in rows for cell in row.values()]
    assert "'=1+1; nur mit Landesmitteln" in cells
    assert "'+49 verrät nichts" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["=A1", "+1", "-1", "@SUM", "\t=1", "\r=1", "  =1", "\n@x"])
def test_what_a_spreadsheet_would_calculate_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Kehl", "a=b", "1-2", "8. Juni"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_cell_with_quotes_semicolons_and_lines_stays_one_cell() -> None:
    nasty = 'a;"b"\nc'
    assert table(csv_text(["x", "y"], [[nasty, "z"]])) == [{"x": nasty, "y": "z"}]


def test_the_json_names_what_it_says_it_of(answered: Site) -> None:
    said = answered.visitor("anna").open(f"{BOARD}.json").data
    assert said["declaration"] == {"slug": "erklaerung", "title": "Erklärung"}
    assert said["revision"] == {"number": 1, "digest": answered.world.revision.digest}
    assert (said["counted"], said["total"]) == (1, 2)
    towns = {town["ags"]: town for town in said["municipalities"]}
    assert towns[OFFENBURG]["answer"] == "signs_with_statement"
    assert towns[LAHR]["way"] == "email_code"
    assert set(towns[LAHR]).isdisjoint({"note", "contacts", "reminded"})


def test_what_is_internal_is_for_the_coordination_alone(answered: Site) -> None:
    for ending in ("csv", "json"):
        path = f"{BOARD}.{ending}?scope=internal"
        assert "verrät nichts" in answered.visitor("clara").open(path).source
        assert answered.statuses(path, "anna doris emil") == {"anna": 403, "doris": 403, "emil": 403}
        assert "verrät nichts" not in answered.visitor("anna").open(f"{BOARD}.{ending}").source
        assert answered.statuses(f"{BOARD}.{ending}", "anna ben emil frank") == {
            "anna": 200, "ben": 403, "emil": 403, "frank": 404
        }  # fmt: skip
