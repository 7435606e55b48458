"""Who shaped what: municipalities, no persons, for those who follow the text."""

from __future__ import annotations

from pycrdt import Doc, Text

from server.storage.tables.text import UpdateRow, WriterRow
from server.storage.text import update_log
from server.sync.projection import load_doc
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG

PAGE = f"{HOME}/authorship"
NAMES = "clara anna ben doris emil frank nobody"


def write_for(site: Site, ags: str | None, words: str) -> None:
    """In front of the text, with a client id of their own."""
    text_id, person = site.world.text_id, site.world.person("anna").id

    async def append() -> None:
        async with site.world.services.database.write() as db:
            doc: Doc[Text] = load_doc(await update_log.load_updates(db, text_id))
            before = doc.get_state()
            doc.get("text", type=Text).insert(0, words, {})
            db.add(UpdateRow(text_id=text_id, data=doc.get_update(before)))
            db.add(
                WriterRow(
                    text_id=text_id, client=doc.client_id, person_id=person, ags=ags, first_at=site.world.time
                )
            )

    site.world.run(append())


def test_who_follows_the_text_sees_it(site: Site) -> None:
    expected = {"clara": 200, "anna": 200, "ben": 200, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
    assert site.statuses(PAGE, NAMES) == expected


def test_passages_and_shares_name_municipalities_and_no_persons(site: Site) -> None:
    write_for(site, OFFENBURG, "Offenburg schreibt diesen langen Absatz ganz allein. " * 4 + "\n")
    write_for(site, LAHR, "Lahr schreibt auch einen Absatz. " * 2 + "\n")
    page = site.visitor("ben").open(PAGE)
    assert page.heading == "Wer hat was geprägt?"
    assert "Offenburg Offenburg schreibt diesen langen Absatz" in page.text
    assert "2 Kommunen haben mitgeschrieben" in page.text
    assert "Ausgangstext" in page.text
    assert "Anna" not in page.text


def test_the_comparison_says_for_whom_new_words_were_written(site: Site) -> None:
    site.world.freeze()
    site.world.reopen()
    write_for(site, LAHR, "Ganz neu und von Lahr. ")
    anna = site.visitor("anna")
    address = f"{HOME}/compare?old=r1&new=now"
    assert "Lahr" not in anna.open(address).text.replace("von Lahr.", "")
    page = anna.open(f"{address}&who=1")
    assert "Lahr" in page.text.replace("von Lahr.", "")
    assert page.status == 200
