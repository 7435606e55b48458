"""The register of municipalities: any region's table is looked through, mended and taken over; mergers."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from server.storage.people.municipalities import read_inhabitants, read_municipalities
from server.storage.tables.people import PersonRow
from tests.web.site import HOME, Page, Site, Visitor
from tests.world import LAHR, OFFENBURG

TABLE = """AGS;Name;Art;Kreis;Breite;Länge;Einwohner
8316009;Emmendingen;Große Kreisstadt;Emmendingen;48,1213;7,8496;28.000
08317;Ortenaukreis;Landkreis;;48.47;7.94;
08317900;Zweckverband Breitband;Zweckverband;;48.47;7.94;
"""


@pytest.fixture
def clara(site: Site) -> Visitor:
    async def allow(db) -> None:  # type: ignore[no-untyped-def]
        await db.execute(update(PersonRow).where(PersonRow.name == "Clara").values(may_create=True))

    site.write(allow)
    visitor = site.visitor("clara")
    visitor.open("/register")
    return visitor


def names(site: Site) -> list[str]:
    return [town.name for town in site.world.ask(read_municipalities)]


def bring(visitor: Visitor, table: str, **fields: str) -> Page:
    return visitor.send("/register", files={"file": ("", b"")}, table=table, **fields)


def test_only_who_may_create_declarations_sees_and_changes_it(site: Site) -> None:
    expected = {"clara": 403, "anna": 403, "doris": 403, "nobody": 303}
    assert site.statuses("/register", " ".join(expected)) == expected
    anna = site.visitor("anna")
    anna.open(HOME)
    assert bring(anna, TABLE).status == 403
    assert bring(anna, TABLE, do="take").status == 403
    assert anna.send("/register/merge", ags=LAHR, successor=OFFENBURG).status == 403


def test_a_table_is_looked_through_and_then_taken_over(site: Site, clara: Visitor) -> None:
    before = len(names(site))
    page = bring(clara, TABLE)
    assert page.main_buttons == ["3 Zeilen übernehmen"]
    assert "08316009" in page.text
    assert "Landkreise" in page.text
    assert len(names(site)) == before
    assert bring(clara, TABLE, do="take").location == "/register?done=3"
    assert {"Emmendingen", "Ortenaukreis", "Zweckverband Breitband"} <= set(names(site))
    towns = site.world.ask(read_municipalities)
    assert site.world.ask(read_inhabitants, towns) == {"08316009": 28_000}
    site.visitor("clara").open(f"{HOME}/people/invite")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("123;Kenzingen;Stadt;;48,1;7,7;", "Der amtliche Schlüssel"),
        ("08316020;;Stadt;;48,1;7,7;", "Der Name fehlt"),
        ("08316020;Kenzingen;Burg;;48,1;7,7;", "Die Art muss"),
        ("08316020;Kenzingen;Stadt;;7,7;48,1;", "Die Koordinaten"),
        ("08316020;Kenzingen;Stadt;;48,1;7,7;viele", "Die Einwohnerzahl"),
        ("08316009;Kenzingen;Stadt;;48,1;7,7;1", "Dieser Schlüssel steht schon in Zeile 2."),
    ],
)
def test_one_faulty_row_holds_everything_up(site: Site, clara: Visitor, row: str, sentence: str) -> None:
    page = bring(clara, TABLE + row)
    assert sentence in page.text
    assert page.main_buttons == ["Zeilen prüfen"]
    assert row in page.source
    assert bring(clara, TABLE + row, do="take").status == 422
    assert "Emmendingen" not in names(site)


def test_what_was_signed_keeps_its_name_after_renaming_and_merging(site: Site, clara: Visitor) -> None:
    site.world.freeze()
    site.world.confirm("gustav", *site.world.send_code("gustav"))
    renamed = f"{LAHR};Lahr am Rhein;Große Kreisstadt;;48,34;7,87;"
    assert "bisher: Lahr/Schwarzwald" in bring(clara, renamed).text
    assert bring(clara, renamed, do="take").status == 303
    assert clara.send("/register/merge", ags=LAHR, successor=OFFENBURG).location == "/register?done=merged"
    assert "Lahr am Rhein" not in names(site)
    assert f"Lahr am Rhein ({LAHR}) → {OFFENBURG}" in clara.open("/register").text
    assert [s.statement.municipality for s in site.world.answers] == ["Lahr/Schwarzwald"]
    assert "(Lahr/Schwarzwald)" in clara.open(f"{HOME}/municipalities/{LAHR}").text
    assert clara.send("/register/merge", ags=LAHR, successor=OFFENBURG).status == 422
