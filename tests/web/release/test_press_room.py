"""Newsrooms before the hour: personal, on record, with the Sperrfrist everywhere; afterwards without."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from datetime import timedelta

import httpx
import pypdfium2
import pytest

from server.actions.release import deciding
from server.domain.audit import Tag
from server.domain.release.verification import Verdict
from server.domain.sign_offs.answers import Answer
from server.domain.text.content import Block, BlockKind, Content, Run
from server.dossier.check.document import verify_document
from server.storage.record import audit
from server.web.release.press.texts import clauses_of
from tests.web.release.test_release_gate import HOUR, public_paths, set_hour
from tests.web.site import HOME, Site, listening
from tests.world import SLUG

PRESS = f"{HOME}/press"


@pytest.fixture
def embargoed(site: Site) -> Site:
    world = site.world
    world.freeze()
    world.sign_with_passkey("doris")
    world.answer("gustav", Answer.SIGNS_WITH_STATEMENT, "Nur mit Hilfe des Landes.")
    set_hour(world, HOUR)
    world.seal()
    return site


def get(site: Site, name: str, path: str) -> httpx.Response:
    return site.world.run(site.visitor(name)._client.get(path))


def words_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_kit_carries_the_release_block_and_the_readers_name(embargoed: Site) -> None:
    answer = get(embargoed, "emil", f"{PRESS}/kit.zip")
    assert "SPERRFRIST-2026-06-18-1100-UHR_" in answer.headers["content-disposition"]
    files = unpacked(answer.content)
    named = [name for name in files if name != "SHA256SUMS.txt"]
    assert all("SPERRFRIST-2026-06-18-1100-UHR_" in name for name in named)
    pdf = next(data for name, data in files.items() if name.endswith(".pdf"))
    assert "Vorabexemplar für Emil" in words_of(pdf)
    assert "Wir bauen Netze aus." in words_of(pdf)
    release = next(data for name, data in files.items() if name.endswith("erklaerung-pressemitteilung.txt"))
    assert release.decode().startswith("Sperrfrist: Donnerstag, 18. Juni 2026, 11:00 Uhr\n")
    for line in files["SHA256SUMS.txt"].decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert len(files["SHA256SUMS.txt"].decode().splitlines()) == len(named)


def test_each_municipality_has_its_own_release_with_name_and_statement(embargoed: Site) -> None:
    files = unpacked(get(embargoed, "emil", f"{PRESS}/kit.zip").content)
    lahr = next(data.decode() for name, data in files.items() if name.endswith("-08317065.txt"))
    assert "Gustav, Oberbürgermeister" in lahr
    assert "Nur mit Hilfe des Landes." in lahr
    offenburg = next(data.decode() for name, data in files.items() if name.endswith("-08317096.txt"))
    assert "Protokollerklärung" not in offenburg


def test_downloads_are_on_record_with_the_copys_number(embargoed: Site) -> None:
    first = get(embargoed, "emil", f"{PRESS}/copy.pdf").content
    events = embargoed.world.read(audit.list_events, SLUG)
    [noted] = [event for event in events if event.tag is Tag.PRESS_DOWNLOAD]
    assert noted.actor == embargoed.world.person("emil").id
    assert noted.facts["sha256"] == hashlib.sha256(first).hexdigest()
    assert str(noted.facts["copy"]) in words_of(first)


def test_the_check_tells_a_copy_from_the_document(embargoed: Site) -> None:
    for path in (f"{PRESS}/copy.pdf", f"{HOME}/release/rehearsal.pdf"):
        report = verify_document(get(embargoed, "clara", path).content)
        assert report.verdict is Verdict.FOREIGN
        assert "document.advance" in {finding.check for finding in report.findings}
    frank = embargoed.visitor()
    frank.open("/verify")
    copy = get(embargoed, "clara", f"{HOME}/release/rehearsal.pdf").content
    report_page = frank.send("/verify", files={"pdf": ("p.pdf", copy, "application/pdf")})
    assert "Vorab- oder Probeexemplar" in report_page.text


def test_from_the_hour_on_the_kit_has_the_sealed_file_and_no_release_block(embargoed: Site) -> None:
    world = embargoed.world
    world.time = HOUR
    answer = get(embargoed, "emil", f"{PRESS}/kit.zip")
    files = unpacked(answer.content)
    assert files[f"{SLUG}.pdf"] == world.seal().pdf
    assert not [name for name in files if "SPERRFRIST" in name]
    assert "Sperrfrist" not in files[f"{SLUG}-pressemitteilung.txt"].decode()


def test_under_the_lock_newsrooms_get_nothing(embargoed: Site) -> None:
    world = embargoed.world
    world.run(deciding.lock_release(world.services, actor=world.person("clara"), slug=SLUG))
    assert get(embargoed, "emil", f"{PRESS}/kit.zip").status_code == 409


def make_link(site: Site) -> tuple[str, str]:
    clara = site.visitor("clara")
    clara.open(PRESS)
    made = clara.send(f"{PRESS}/previews", name="Gundel Günsel, Tageblatt")
    found = re.search(r'href="http[^"]+(/vorschau/[\w-]{43})"', made.source)
    number = re.search(r"/press/previews/(\d+)/close", made.source)
    assert found is not None
    assert number is not None
    return found[1], number[1]


def test_a_preview_link_is_personal_and_can_be_taken_back(embargoed: Site) -> None:
    path, number = make_link(embargoed)
    page = embargoed.visitor().open(path)
    assert page.status == 200
    assert "Sperrfrist: Donnerstag, 18. Juni 2026, 11:00 Uhr" in page.source
    assert "Gundel Günsel, Tageblatt" in page.source
    assert f"/e/{SLUG}" not in page.source  # nothing leads to what is not open yet
    assert page.headers["cache-control"] == "no-store"
    pdf = get(embargoed, "", f"{path}/vorabexemplar.pdf").content
    assert "Gundel Günsel, Tageblatt" in words_of(pdf)
    clara = embargoed.visitor("clara")
    clara.open(PRESS)
    assert clara.send(f"{PRESS}/previews/{number}/close").status == 303
    assert embargoed.visitor().open(path).status == 404
    assert embargoed.visitor().open(f"{path}/vorabexemplar.pdf").status == 404


def downloads(site: Site) -> list[dict[str, object]]:
    events = site.world.read(audit.list_events, SLUG)
    return [dict(event.facts) for event in events if event.tag is Tag.PRESS_DOWNLOAD]


def test_looking_again_writes_one_entry_an_hour_and_asks_for_little(embargoed: Site) -> None:
    path, _ = make_link(embargoed)
    reader = embargoed.visitor()
    reader.open(path)
    reader.open(path)
    with listening() as asked:
        page = reader.open(path)
    assert "Gundel Günsel, Tageblatt" in page.source
    assert len(asked) <= 6, asked
    get(embargoed, "", f"{path}/vorabexemplar.pdf")
    first, second = downloads(embargoed), get(embargoed, "", f"{path}/vorabexemplar.pdf").content
    assert [fact["file"] == "page" for fact in first] == [True, False]
    assert str(first[1]["copy"]) in words_of(second)
    assert downloads(embargoed) == first
    embargoed.world.time += timedelta(minutes=61)
    reader.open(path)
    get(embargoed, "", f"{path}/vorabexemplar.pdf")
    assert len(downloads(embargoed)) == 4


def test_a_link_is_looked_at_so_often_and_its_copy_made_so_often(embargoed: Site) -> None:
    (path, _), reader = make_link(embargoed), embargoed.visitor()
    copies = [reader.open(f"{path}/vorabexemplar.pdf").status for _ in range(13)]
    assert (copies[-2], copies[-1]) == (200, 429)
    assert next(n for n in range(200) if reader.open(path).status == 429) <= 120


def test_at_the_hour_the_link_leads_to_the_public_page(embargoed: Site) -> None:
    path, _ = make_link(embargoed)
    embargoed.world.time = HOUR + timedelta(minutes=1)
    assert embargoed.visitor().open(path).location == f"/e/{SLUG}"


@pytest.mark.parametrize("text", ["{gibtsnicht}", "{% for x in y %}", "{{ titel }}", "{titel", "}"])
def test_a_template_that_cannot_be_filled_in_is_refused_and_kept_in_the_form(
    embargoed: Site, text: str
) -> None:
    clara = embargoed.visitor("clara")
    clara.open(f"{PRESS}/templates/general")
    refused = clara.send(f"{PRESS}/templates/general", text=f"Anfang {text} Ende")
    assert refused.status == 422
    assert "Anfang" in refused.text
    assert "Anfang" not in clara.open(PRESS).text


def test_a_template_is_shown_filled_in_before_it_is_kept(embargoed: Site) -> None:
    clara = embargoed.visitor("clara")
    clara.open(f"{PRESS}/templates/general")
    shown = clara.send(f"{PRESS}/templates/general", text="Es sind {anzahl}: {titel}", do="preview")
    assert "Es sind 2: Erklärung" in shown.text
    assert "Es sind 2" not in clara.open(PRESS).text
    assert clara.send(f"{PRESS}/templates/general", text="Es sind {anzahl}").status == 303
    assert "Es sind 2" in clara.open(PRESS).text


@pytest.mark.parametrize("do", ["preview", ""])
def test_a_template_that_could_fill_a_book_is_refused_and_kept_in_the_form(embargoed: Site, do: str) -> None:
    path, clara = f"{PRESS}/templates/municipality", embargoed.visitor("clara")
    clara.open(path)
    refused = clara.send(path, text="{kommune} {protokollerklaerung}" * 9, do=do)
    assert refused.status == 422
    assert "mehr als 20000 Zeichen" in refused.text
    assert "Feld {protokollerklaerung} seltener" in refused.text
    assert "{kommune} {protokollerklaerung}" in refused.source
    fits = clara.send(path, text="{kommune} {name}" * 20 + "{protokollerklaerung}" * 2, do="")
    assert fits.status == 303


def test_the_rehearsal_shows_the_page_and_strangers_still_find_nothing(embargoed: Site) -> None:
    page = embargoed.visitor("clara").open(f"{HOME}/release/rehearsal")
    assert "Probelauf" in page.source
    assert "Wir bauen Netze aus" in page.source
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 404


def test_before_the_hour_nobody_gets_the_unmarked_file_but_those_whose_document_it_is(
    embargoed: Site,
) -> None:
    world, path = embargoed.world, f"{HOME}/final.pdf"
    sealed = world.seal().pdf
    for name in ("clara", "anna", "doris"):
        assert get(embargoed, name, path).content == sealed, name
    answer = get(embargoed, "emil", path)
    assert "Vorabexemplar für Emil" in words_of(answer.content)
    assert "SPERRFRIST-2026-06-18-1100-UHR_" in answer.headers["content-disposition"]
    assert get(embargoed, "emil", f"{HOME}/final.html").status_code in (403, 409)
    noted = [e for e in world.read(audit.list_events, SLUG) if e.tag is Tag.PRESS_DOWNLOAD]
    assert [e.facts["sha256"] for e in noted] == [hashlib.sha256(answer.content).hexdigest()]
    assert "final.html" not in embargoed.visitor("emil").open(HOME).source
    world.time = HOUR
    assert get(embargoed, "emil", path).content == sealed
    assert get(embargoed, "emil", f"{HOME}/final.html").status_code == 200


FILES_FOR_PRESS = ("final.pdf", "press/copy.pdf", "press/kit.zip", "release/rehearsal.pdf")


def test_before_the_hour_the_press_gets_no_file_without_a_name_on_it(embargoed: Site) -> None:
    """All that can be asked for within the declaration, with what is in it."""
    got = {}
    for path in (p for p in public_paths(embargoed) if p.startswith(HOME)):
        answer = get(embargoed, "emil", path)
        if answer.status_code == 200 and "html" not in answer.headers["content-type"]:
            got[path.removeprefix(f"{HOME}/")] = answer.content
    assert sorted(got) == sorted(FILES_FOR_PRESS)
    files = {name: data for name, data in got.items() if name.endswith(".pdf")}
    files |= unpacked(got["press/kit.zip"])
    unnamed = [n for n, data in files.items() if n.endswith(".pdf") and "Emil" not in words_of(data)]
    assert unnamed == []
    assert f"{HOME}/lines.pdf" not in embargoed.visitor("emil").open(f"{HOME}/revisions/1").source
    assert f"{HOME}/lines.pdf" in embargoed.visitor("doris").open(f"{HOME}/revisions/1").source


def test_the_kit_has_the_text_for_every_program_and_quotations_with_their_lines(embargoed: Site) -> None:
    files = unpacked(get(embargoed, "emil", f"{PRESS}/kit.zip").content)
    (odt,) = [data for name, data in files.items() if name.endswith("-text.odt")]
    (docx,) = [data for name, data in files.items() if name.endswith("-text.docx")]
    for data, part in ((odt, "content.xml"), (docx, "word/document.xml")):
        assert "Wir bauen Netze aus." in unpacked(data)[part].decode()
    (quoted,) = [data.decode() for name, data in files.items() if name.endswith("-zitate.txt")]
    assert "Ziffer 1 (Zeile 3): „Wir bauen Netze aus.“" in quoted
    reading = embargoed.visitor("clara").open(f"{HOME}/revisions/1").source
    assert 'id="zeile-3" data-line="3"></i>Wir bauen Netze aus.' in reading


def test_a_clause_is_quoted_with_the_bullets_that_end_its_sentence() -> None:
    def block(kind: BlockKind, words: str, number: str | None = None) -> Block:
        return Block(kind, 1, (Run(words),), number)

    content = Content(
        (
            block("bullet", "Ohne Ziffer."),
            block("clause", "Wir helfen:", "1."),
            block("bullet", "beim Umzug,"),
            block("bullet", "bei der Geburt."),
            block("clause", "Wir berichten.", "2."),
            block("paragraph", "Dank."),
            block("bullet", "Allein."),
        )
    )
    assert clauses_of(content) == [
        ("1", (2, 4), "Wir helfen: – beim Umzug, – bei der Geburt."),
        ("2", (5, 5), "Wir berichten."),
    ]
