"""A workshop: guests without an account say something under a name that nobody verified, the coordination
decides about it."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from pycrdt import Text

from server.actions.text import freezing
from server.domain.text.content import Run
from server.domain.text.workshops.notes import MAX_NOTES, MAX_WORDS, section_of
from server.storage.declarations import declarations
from server.storage.text import update_log
from server.sync.projection import load_doc, read_text
from tests.web.site import HOME, Site, Visitor, listening
from tests.world import BLOCKS, SLUG

PAGE = f"{HOME}/workshops"
PASSAGE = "Wir handeln gemeinsam."


def make(site: Site, section: str = "Erklärung", hours: int = 4) -> str:
    """The path of a new workshop's link."""
    clara = site.visitor("clara")
    clara.open(PAGE)
    page = clara.send(PAGE, title="Verwaltung digital", section=section, hours=str(hours))
    found = re.search(r"/workshop/[\w-]+", page.source)
    assert found, page.text
    assert 'class="k-qr"' in page.source
    return found[0]


def say(visitor: Visitor, link: str, **fields: str) -> int:
    visitor.open(link)
    usual = {"guest": "Maria", "kind": "comment", "passage": PASSAGE, "words": "Wer ist wir?"}
    return visitor.send(link, **(usual | fields)).status


def act(site: Site, name: str, path: str) -> int:
    visitor = site.visitor(name)
    visitor.open(PAGE if name == "clara" else HOME)
    return visitor.send(path).status


def live(site: Site) -> list[tuple[str, dict[str, object]]]:
    """The words of the live text with their marks."""

    async def load() -> list[tuple[str, dict[str, object]]]:
        async with site.world.services.database.read() as db:
            text_id = (await declarations.load_declaration(db, SLUG)).text_id
            doc = load_doc(await update_log.load_updates(db, text_id))
            return [(words, dict(marks or {})) for words, marks in doc.get("text", type=Text).diff()]

    return site.world.run(load())


async def start_rooms(site: Site) -> None:
    site.world.services.rooms.start()


def test_a_guest_says_something_on_a_page_without_script(site: Site) -> None:
    link = make(site)
    guest = site.visitor()
    page = guest.open(link)
    assert "Wir bauen Netze aus." in page.text
    assert say(guest, link) == 303
    assert "Vielen Dank" in guest.open(f"{link}?said=1").text
    seen = site.visitor("clara").open(PAGE).text
    assert "Maria (Name nicht geprüft)" in seen
    assert "Wer ist wir?" in seen


def test_a_name_is_typed_once_and_stays_in_that_browser_and_that_workshop(site: Site) -> None:
    link, other, guest = make(site), make(site), site.visitor()
    assert "Sie schreiben als" not in guest.open(link).text
    said = guest.send(link, guest="Maria", kind="comment", passage=PASSAGE, words="Wer ist wir?")
    assert "Maria" not in said.location
    cookie = said.headers["set-cookie"]
    assert f"Path={link};" in cookie
    assert "HttpOnly" in cookie
    assert "Max-Age" not in cookie
    page = guest.open(link)
    assert "Sie schreiben als Maria" in page.text
    assert page.source.count('value="Maria"') == page.source.count("<textarea")
    assert say(guest, link, guest="Mia") == 303
    assert "Sie schreiben als Mia" in guest.open(link).text
    for visitor, address in ((guest, other), (site.visitor(), link)):
        assert "Sie schreiben als" not in visitor.open(address).text
    value = cookie.partition("=")[2].partition(";")[0]
    for kept in (value, f"{value[:-1]}x", "4d61726961.", "...", ""):
        seen = site.visitor().open(link, cookie=f"kraftakt_guest={kept}; kraftakt_visitor=anderswo")
        assert seen.status == 200, kept
        assert "Maria" not in seen.text, kept


def test_a_name_that_is_deleted_is_asked_for_again(site: Site) -> None:
    link, guest = make(site), site.visitor()
    say(guest, link)
    guest.open(link)
    page = guest.send(link, guest=" ", kind="comment", passage=PASSAGE, words="Und wer noch?")
    assert page.status == 422
    assert "Und wer noch?" in page.text
    assert '<details class="k-guest__name" open>' in page.source


def test_the_text_is_read_once_for_all_guests_until_somebody_writes(site: Site) -> None:
    link = make(site, section="")
    guest = site.visitor()
    with listening() as asked:
        guest.open(link)
    assert [each for each in asked if "updates.data" in each]
    with listening() as asked:
        assert "Wir bauen Netze aus." in guest.open(link).text
    assert not [each for each in asked if "updates.data" in each], asked
    site.world.write("Und noch ein Satz. ")
    assert "Und noch ein Satz." in guest.open(link).text


def test_nothing_of_it_is_in_the_text_before_the_coordination_takes_it_over(site: Site) -> None:
    link = make(site)
    before = live(site)
    say(site.visitor(), link, kind="suggestion", words="Wir handeln beherzt gemeinsam.")
    assert live(site) == before


def test_a_suggestion_that_is_taken_over_is_one_with_the_guests_name(site: Site) -> None:
    site.world.run(start_rooms(site))
    say(site.visitor(), make(site), kind="suggestion", words="Wir handeln beherzt gemeinsam.")
    assert act(site, "clara", f"{PAGE}/notes/1/take") == 303
    clara = site.world.person("clara").id
    inserted = [
        (words, key, mark) for words, marks in live(site) for key, mark in marks.items() if "ins:" in key
    ]
    ((words, key, mark),) = inserted
    assert words.strip() == "beherzt"
    assert str(mark).startswith(f"{clara}||")
    (thread,) = site.visitor("anna").open(f"{HOME}/comments").data["threads"]
    assert thread["suggestion"] == key.partition(":")[2]
    assert (thread["comments"][0]["guest"], thread["comments"][0]["name"]) == ("Maria", "Clara")
    for ending, part in (("docx", "word/comments.xml"), ("odt", "content.xml")):
        file = ZipFile(io.BytesIO(site.visitor("anna").fetch(f"{HOME}/text/files/text.{ending}")))
        assert "Maria (Workshop, Name nicht geprüft)" in file.read(part).decode()
    assert act(site, "clara", f"{PAGE}/notes/1/take") == 409


def test_a_comment_that_is_taken_over_stands_at_its_paragraph(site: Site) -> None:
    site.world.run(start_rooms(site))
    say(site.visitor(), make(site))
    assert act(site, "clara", f"{PAGE}/notes/1/take") == 303
    marked = [words for words, marks in live(site) if any(key.startswith("comment:") for key in marks)]
    assert marked == [PASSAGE]


def test_what_is_rejected_leaves_no_trace_in_the_text(site: Site) -> None:
    before = live(site)
    say(site.visitor(), make(site))
    assert act(site, "clara", f"{PAGE}/notes/1/reject") == 303
    assert live(site) == before
    assert "abgelehnt" in site.visitor("clara").open(PAGE).text


def test_a_note_whose_paragraph_has_changed_is_not_put_somewhere_else(site: Site) -> None:
    site.world.run(start_rooms(site))
    link = make(site)
    for words in ("Wir handeln beherzt.", "Wir handeln klug."):
        say(site.visitor(), link, kind="suggestion", words=words)
    assert act(site, "clara", f"{PAGE}/notes/1/take") == 303
    assert act(site, "clara", f"{PAGE}/notes/2/take") == 409


def test_the_link_ends_by_the_clock_by_the_switch_and_with_the_draft(site: Site) -> None:
    link, guest = make(site, hours=1), site.visitor()
    site.world.wait(hours=1)
    assert guest.open(link).status == 404
    link = make(site)
    assert guest.open(link).status == 200
    assert act(site, "clara", f"{PAGE}/2/close") == 303
    assert guest.open(link).status == 404
    link = make(site)
    freeze = freezing.freeze_text(
        site.world.services, actor=site.world.person("clara"), slug=SLUG, proven_at=site.world.time
    )
    site.world.run(freeze)
    assert guest.open(link).status == 404
    assert guest.open("/workshop/geraten").status == 404


def test_only_the_coordination_sees_and_decides(site: Site) -> None:
    say(site.visitor(), make(site))
    found = site.statuses(PAGE, "clara anna ben doris emil frank")
    assert found == {"clara": 200, "anna": 403, "ben": 403, "doris": 403, "emil": 403, "frank": 404}
    for path in (f"{PAGE}/notes/1/take", f"{PAGE}/notes/1/reject", f"{PAGE}/1/close"):
        assert act(site, "anna", path) == 403


def test_guests_are_bounded(site: Site) -> None:
    link, guest = make(site), site.visitor()
    for wrong in (
        {"guest": ""},
        {"guest": "x" * 100},
        {"words": " "},
        {"words": "x" * (MAX_WORDS + 1)},
        {"kind": "befehl"},
        {"passage": "Steht nirgends."},
    ):
        assert say(guest, link, **wrong) == 422, wrong
    kept = guest.send(link, guest="Maria", kind="comment", passage=PASSAGE, words="x" * 9 + "\x00")
    assert kept.status == 422
    codes = {say(guest, link) for _ in range(130)}
    assert codes == {303, 429}
    assert MAX_NOTES < 10_000


def test_a_section_ends_with_the_next_heading_of_its_level() -> None:
    heading, paragraph = BLOCKS[0], BLOCKS[1]
    lower = type(heading)("heading", 2, (Run("Darin"),))
    other = type(heading)("heading", 1, (Run("Danach"),))
    text = [paragraph, heading, paragraph, lower, paragraph, other, paragraph]
    assert section_of(text, "Erklärung") == (heading, paragraph, lower, paragraph)
    assert section_of(text, "Danach") == (other, paragraph)
    assert section_of(text, "Fehlt") == ()
    assert len(section_of(text, "")) == len(text)
    assert read_text([])


def test_what_makes_a_paragraph_too_long_is_refused_and_still_waits(site: Site) -> None:
    long = "Wort " * 3_899 + "Wort"
    site.world.write(f"{long}\n")
    link = make(site, section="")
    assert say(site.visitor(), link, kind="suggestion", passage=long, words="neu " * 999) == 303
    clara = site.visitor("clara")
    note = re.findall(r"/workshops/notes/(\d+)/take", clara.open(PAGE).source)[0]
    site.world.run(start_rooms(site))
    refused = clara.send(f"{PAGE}/notes/{note}/take")
    assert refused.status == 409
    assert "Das ist zu lang für den Text" in refused.source
    assert f"/workshops/notes/{note}/take" in clara.open(PAGE).source
    site.world.run(site.world.services.rooms.close())
