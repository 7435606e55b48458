"""Clara brings the draft that circulated by mail: it is looked through and taken over."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from server.documents.word.docx.writer import write_docx
from server.documents.word.reading import read_file
from server.domain.text.files.manuscript import Loss, LossKind, Manuscript, Remark, by_file
from server.domain.text.live_text import LiveBlock, LiveRun, Value
from tests.documents.word.corpus import corpus
from tests.story.people import DESK, PHONE, Visitor
from tests.story.service import Service

ROSE = by_file("Rosa Rose", 1_750_000_000)


def draft(taken: bytes) -> bytes:
    """The file that went out, with an insertion and a comment in its first paragraph."""
    manuscript = read_file(taken)
    at = next(n for n, block in enumerate(manuscript.blocks) if block.kind == "paragraph" and block.runs)
    block = manuscript.blocks[at]
    first, *rest = block.runs
    marks: dict[str, Value] = {"comment:1": True}
    runs = (LiveRun("Gemeinsam ", {"ins:1": ROSE}), LiveRun(first.text, {**first.marks, **marks}), *rest)
    blocks = (
        *manuscript.blocks[:at],
        LiveBlock(block.kind, block.level, runs, {}),
        *manuscript.blocks[at + 1 :],
    )
    remark = Remark("1", "Rosa Rose", 1_750_000_000, "Wer genau?")
    return write_docx(Manuscript(blocks, (remark,)), "Entwurf")


def test_a_word_file_is_looked_through_and_taken_over(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    clara = Visitor(browser, service, "clara").sign_in()
    page = clara.open("/text/files")
    clara.ensure_accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word-Dokument (DOCX)").click()
    taken = Path(download.value.path()).read_bytes()

    lossy = tmp_path / "verluste.docx"
    lossy.write_bytes(corpus()["word-lost.docx"])
    page.get_by_label("Datei mit dem Text").set_input_files(lossy)
    clara.press("Datei ansehen")
    expect(page.get_by_role("heading", name="Das bringt die Datei mit")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        clara.ensure_accessible()
    clara.press("Nicht übernehmen")

    file = tmp_path / "entwurf.docx"
    file.write_bytes(draft(taken))
    page.get_by_label("Datei mit dem Text").set_input_files(file)
    clara.press("Datei ansehen")
    expect(clara.main).to_contain_text("Rosa Rose")
    clara.press("Übernehmen")
    expect(page.get_by_role("status")).to_contain_text("steht jetzt als Vorschläge im Text")
    clara.ensure_accessible()

    clara.open_editor()
    expect(clara.text.locator("ins")).to_have_text("Gemeinsam ")
    suggestion = page.locator(".ke-card[data-kind=suggestion]")
    expect(suggestion).to_contain_text("Rosa Rose (laut Datei)")
    thread = page.locator(".ke-card[data-kind=thread]")
    expect(thread).to_contain_text("Rosa Rose (laut Datei)")
    expect(thread).to_contain_text("Wer genau?")
    assert Loss(LossKind.TABLE, "Zelle A Zelle B") in read_file(lossy.read_bytes()).losses
