"""The draft that went round by mail, three browsers and a telephone: imported, argued over, decided."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select, update

from server.documents.word.docx.writer import write_docx
from server.documents.word.reading import read_file
from server.domain.text.files.manuscript import Loss, LossKind, Manuscript, Remark, by_file
from server.domain.text.live_text import LiveBlock, LiveRun
from server.storage.tables.people import PersonRow
from server.storage.tables.text import VisitRow
from tests.documents.word.corpus import corpus
from tests.story.people import DESK, EMAILS, PHONE, WORDS_BEHIND, Visitor
from tests.story.service import Service
from tests.waiting import until

ROSE = by_file("Rosa Rose", 1_750_000_000)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRUCK, ADDED = "Weitere Städte", " Mehr nicht."
QUESTION, ANSWER = "warum?", "Weil alle gemeint sind."

SEEN = """() => {
    const marked = [...document.querySelectorAll(".ke-on")].flatMap((each) => [...each.getClientRects()])
    const at = ({ x, y, width, height }) => document.elementFromPoint(x + width / 2, y + height / 2)
    return marked.length > 0 && marked.every((rect) => at(rect)?.closest(".ke-editor__text"))
}"""
"""Whether nothing covers the passage of the active card."""


def test_one_text_three_browsers(browser: Browser, service: Service, tmp_path: Path) -> None:
    anna, ben, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "ben", "clara"))
    clara_brings_the_draft(clara, tmp_path)
    left = clara_keeps_tuesday_and_goes(clara)
    anna.open_editor()
    ben.open_editor()
    anna_suggests(anna)
    ben_asks_her_by_name(ben)
    phone = anna_answers_from_her_phone(browser, service)
    a_day_passes(service, left)
    clara_decides_by_keyboard(clara)
    expect(anna.text.locator("ins, del")).to_have_text(["Gemeinsam ", "Oberbürgermeisterinnen"])
    clara_sees_what_is_new(clara)
    clara_restores_a_passage(clara)
    expect(anna.text).to_contain_text("Weitere Städte und Gemeinden")
    all_are_at_line_42([anna, ben, clara], phone)
    clara_takes_it_along(clara)
    assert [one.complaints for one in (anna, ben, clara, phone)] == [[], [], [], []]


def draft(taken: bytes) -> bytes:
    """The file that went out, as it comes back: an insertion, a deletion and a comment in one paragraph."""
    manuscript = read_file(taken)
    at = next(n for n, block in enumerate(manuscript.blocks) if block.kind == "paragraph" and block.runs)
    block = manuscript.blocks[at]
    before, name, after = block.runs[0].text.partition("Oberbürgermeisterinnen")
    runs = (
        LiveRun("Gemeinsam ", {"ins:1": ROSE}),
        LiveRun(before, {"comment:1": True}),
        LiveRun(name, {"del:2": ROSE}),
        LiveRun(after, {}),
        *block.runs[1:],
    )
    own = LiveBlock(block.kind, block.level, runs, {})
    blocks = (*manuscript.blocks[:at], own, *manuscript.blocks[at + 1 :])
    return write_docx(Manuscript(blocks, (Remark("1", "Rosa Rose", 1_750_000_000, "Wer genau?"),)), "Entwurf")


def clara_brings_the_draft(clara: Visitor, folder: Path) -> None:
    """What has no place is named first, and nothing of it is taken; then the right file."""
    page = clara.open_editor()
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("link", name="Dateien").click()
    clara.ensure_accessible()
    taken = download(clara, "Word-Dokument (DOCX)")
    lossy = corpus()["word-lost.docx"]
    assert Loss(LossKind.TABLE, "Zelle A Zelle B") in read_file(lossy).losses
    bring(clara, folder / "verluste.docx", lossy)
    expect(page.get_by_role("heading", name="Das bringt die Datei mit")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        clara.ensure_accessible()
    clara.press("Nicht übernehmen")
    bring(clara, folder / "entwurf.docx", draft(taken))
    expect(clara.main).to_contain_text("Rosa Rose")
    clara.press("Übernehmen")
    expect(page.get_by_role("status")).to_contain_text("steht jetzt als Vorschläge im Text")
    clara.ensure_accessible()


def download(clara: Visitor, link: str) -> bytes:
    with clara.page.expect_download() as begun:
        clara.page.get_by_role("link", name=link).click()
    return Path(begun.value.path()).read_bytes()


def bring(clara: Visitor, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    clara.page.get_by_label("Datei mit dem Text").set_input_files(path)
    clara.press("Datei ansehen")


def clara_keeps_tuesday_and_goes(clara: Visitor) -> datetime:
    """When she left the text, or a little before."""
    clara.open_editor()
    expect(clara.text.locator("ins")).to_have_text("Gemeinsam ")
    expect(cards(clara, "suggestion").first).to_contain_text("Rosa Rose (laut Datei)")
    expect(cards(clara, "thread")).to_contain_text("Rosa Rose (laut Datei)")
    expect(cards(clara, "thread")).to_contain_text("Wer genau?")
    left = datetime.now(UTC).replace(microsecond=0)  # as exactly as it is written down
    clara.open("/versions")
    clara.page.get_by_label("Name des Zwischenstands").fill("Dienstag")
    clara.press("Festhalten")
    expect(clara.page.get_by_role("heading", name="Dienstag")).to_be_visible()
    return left


def a_day_passes(service: Service, left: datetime) -> None:
    """Since she looked: that she left is written down while the others go on."""
    clara = select(PersonRow.id).where(PersonRow.email == EMAILS["clara"]).scalar_subquery()
    ended = update(VisitRow).where(VisitRow.person_id == clara, VisitRow.seen_at >= left)
    until(lambda: service.change(ended.values(seen_at=left - timedelta(days=1))))


def anna_suggests(anna: Visitor) -> None:
    anna.page.get_by_role("button", name="Vorschlagen", exact=True).click()
    anna.select(STRUCK)
    anna.page.keyboard.press("Delete")
    anna.write_after("Diese Erklärung ist eine politische", ADDED)
    expect(anna.text.locator("ins")).to_have_text(["Gemeinsam ", ADDED])
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()


def ben_asks_her_by_name(ben: Visitor) -> None:
    proposal = cards(ben, "suggestion").filter(has_text=STRUCK)
    proposal.get_by_role("button", name="Antworten").click()
    expect(ben.page.get_by_role("textbox", name="Kommentar", exact=True)).to_be_focused()
    ben.page.keyboard.type("@Aho")
    expect(ben.page.get_by_role("option", name="Anna Ahorn")).to_be_visible()
    ben.page.keyboard.press("Enter")
    ben.page.keyboard.type(QUESTION)
    ben.page.keyboard.press("Control+Enter")
    expect(cards(ben, "thread").filter(has_text=QUESTION)).to_contain_text("@Anna Ahorn")
    ben.ensure_accessible()


def anna_answers_from_her_phone(browser: Browser, service: Service) -> Visitor:
    mail = service.newest_mail(EMAILS["anna"], "Ben Birke erwähnt Sie")
    plain = mail.get_body(("plain",))
    assert plain is not None
    link = re.search(r"http\S+#comment-\S+", plain.get_content())
    assert link is not None
    phone = Visitor(browser, service, "anna", phone=True).sign_in()
    phone.page.goto(link[0])
    asked = cards(phone, "thread").filter(has_text=QUESTION)
    expect(asked).to_be_in_viewport()
    its_passage_is_seen_above_the_sheet(phone)
    phone.ensure_accessible()
    asked.get_by_role("button", name="Antworten").tap()
    phone.page.get_by_role("textbox", name="Kommentar", exact=True).fill(ANSWER)
    asked.get_by_role("button", name="Senden").tap()
    expect(asked).to_contain_text(ANSWER)
    phone.ensure_accessible()
    return phone


def its_passage_is_seen_above_the_sheet(phone: Visitor) -> None:
    """As soon as a card comes up, by a link or by a tap; the text stays where it is when the sheet goes."""
    page, sheet = phone.page, phone.page.locator(".ke-cards")
    page.wait_for_function(SEEN)
    before = page.evaluate("scrollY")
    assert before > 0
    sheet.get_by_role("button", name="Schließen").tap()
    expect(sheet).to_be_hidden()
    assert page.evaluate("scrollY") == before
    page.evaluate("scrollBy({ top: innerHeight / -3, behavior: 'instant' })")
    phone.text.locator(".ke-on").first.tap()
    expect(sheet).to_be_visible()
    page.wait_for_function(SEEN)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    phone.text.locator(".ke-on").first.tap()


def clara_decides_by_keyboard(clara: Visitor) -> None:
    """Alt and arrows lead from card to card; what is decided about stays on record."""
    page = clara.open_editor()
    expect(cards(clara, "thread").filter(has_text=ANSWER)).to_be_attached()
    for words, key in ((STRUCK, "Control+Alt+Enter"), (ADDED.strip(), "Control+Alt+Backspace")):
        card = cards(clara, "suggestion").filter(has_text=words)
        expect(card).to_have_count(1)
        go_by_keyboard(clara, card)
        page.keyboard.press(key)
        expect(card).to_have_count(0)
    expect(page.locator("[data-saved=true]")).to_be_visible()
    expect(cards(clara, "thread").filter(has_text=QUESTION)).to_contain_text(f"Sie lautete: {STRUCK}")
    clara.ensure_accessible()


def go_by_keyboard(clara: Visitor, card: Locator) -> None:
    for _ in range(8):
        clara.page.keyboard.press("Alt+ArrowDown")
        if card.get_attribute("data-active") == "true":
            return
    raise AssertionError("the keyboard does not lead to this card")


def clara_sees_what_is_new(clara: Visitor) -> None:
    """From a second after she came, when that is written down."""
    link = clara.page.get_by_role("link", name="Was ist neu seit Ihrem letzten Besuch")
    while not link.count():
        clara.open("/versions")
    link.click()
    expect(clara.main.locator(".k-compared del")).to_contain_text([STRUCK])
    expect(clara.main.locator(".k-compared")).not_to_contain_text(ADDED)
    clara.ensure_accessible()


def clara_restores_a_passage(clara: Visitor) -> None:
    """Of Tuesday's text, from the comparison in two columns."""
    page = clara.open("/versions")
    tuesday = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Dienstag"))
    tuesday.get_by_role("link", name="Mit jetzt vergleichen").click()
    page.get_by_role("link", name="Synopse").click()
    clara.ensure_accessible()
    page.get_by_role("button", name="Diese Stelle wiederherstellen").click()
    expect(page.get_by_role("status")).to_contain_text("ist zurückgeholt")
    clara.ensure_accessible()


def all_are_at_line_42(desks: list[Visitor], phone: Visitor) -> None:
    """Whoever has the text open goes there, by link or by word; whoever follows somebody comes along."""
    clara = desks[2].open_editor()
    clara.get_by_role("button", name="Gerade im Text").click()
    clara.get_by_role("button", name="Folgen: Ben Birke").click()
    clara.keyboard.press("Escape")
    phone.page.goto(f"{phone.home}/edit#zeile-42")
    desks[0].page.evaluate("location.hash = 'zeile-42'")
    desks[1].text.focus()
    desks[1].page.keyboard.press("Control+g")
    desks[1].page.get_by_role("textbox", name="Zeile oder Ziffer").fill("42")
    desks[1].page.keyboard.press("Enter")
    expect(clara.locator(".ke-caret").filter(has_text="Lahr")).to_be_in_viewport()
    desks[2].page.goto(f"{desks[2].home}/edit#zeile-42")
    lines = [one.page.locator('.ke-line[data-line="42"]') for one in (phone, *desks)]
    for line in lines:
        expect(line).to_be_in_viewport()
    # lines are counted anew once the text is at rest
    until(lambda: {line.evaluate(WORDS_BEHIND) for line in lines}, lambda said: len(said) == 1)
    phone.ensure_accessible()


def clara_takes_it_along(clara: Visitor) -> None:
    clara.open("/text/files")
    with ZipFile(BytesIO(download(clara, "Word-Dokument (DOCX)"))) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        remarks = etree.fromstring(file.read("word/comments.xml"))
    changes = {
        tag: ["".join(one.itertext()) for one in body.iter(W + tag) if len(one)] for tag in ("ins", "del")
    }
    assert changes == {"ins": ["Gemeinsam "], "del": ["Oberbürgermeisterinnen"]}
    assert {one.get(W + "author") for one in body.iter(W + "ins", W + "del")} == {"Rosa Rose"}
    assert [one.get(W + "author") for one in remarks] == ["Rosa Rose"]
    assert ["".join(one.itertext()) for one in remarks] == ["Wer genau?"]
    assert len(list(body.iter(W + "commentReference"))) == 1


def cards(visitor: Visitor, kind: str) -> Locator:
    return visitor.page.locator(f".ke-card[data-kind={kind}]")
