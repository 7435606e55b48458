"""The pages for signing in every state: no finding of axe and nothing too wide, on the phone and at the desk,
light and dark. `KRAFTAKT_PICTURES=folder` keeps pictures for whoever looks at them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.sign_offs import office_notes
from server.domain.terms.local_time import day_of
from server.storage.tables.declarations import DeclarationRow
from tests.dossier.scans import picture
from tests.story.people import BY_CODE, DESK, PHONE, Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

SIZES = {"phone": PHONE, "desk": DESK}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = {"light": (), "dark": ("color-contrast",)}
"""Of axe: all but the colours are the same in the dark."""
PICTURES = os.environ.get("KRAFTAKT_PICTURES")
TOO_LONG = "Wort " * 301


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shortcuts]:
    service = Service(tmp_path_factory.mktemp("states") / "data")
    service.start()
    with Shortcuts(service) as shortcuts:
        shortcuts.freeze()
        yield shortcuts
    service.kill()


@pytest.fixture
def look() -> Look:
    return Look(Path(PICTURES) if PICTURES else None)


class Look:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def at(self, visitor: Visitor, name: str) -> None:
        """The page as it is now, in both sizes and both schemes."""
        page = visitor.page
        for size, viewport in SIZES.items():
            page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                visitor.ensure_accessible(*RULES[scheme])
                if self._folder:
                    visitor.picture(self._folder / f"{name}-{size}-{scheme}.png")


def choose(page: Page, label: str) -> None:
    page.get_by_text(label, exact=True).click()


def test_the_office_and_the_brief(browser: Browser, signing: Shortcuts, look: Look) -> None:
    anna = signing.visitor(browser, "anna")
    page = anna.open("/sign/preview")
    look.at(anna, "preview")
    page.get_by_label("Was Sie empfehlen, und warum").fill(TOO_LONG)
    anna.press("Vermerk speichern")
    expect(page.locator("#words-error")).to_be_visible()
    look.at(anna, "preview-too-long")
    note = office_notes.leave_note(
        signing.services,
        actor=signing.person("anna"),
        slug=SLUG,
        words="Wir empfehlen die Zeichnung ohne Vorbehalt.\nDer Ältestenrat ist einverstanden.",
        questions="Wer spricht am 18. Juni für die Stadt?",
        seen=0,
    )
    signing.run(note)
    doris = signing.visitor(browser, "doris")
    page = doris.open("/sign")
    expect(page.locator("#chain")).to_contain_text("Ihr Browser hat verglichen")
    look.at(doris, "brief")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ich zeichne mit Protokollerklärung", "statement"),
        ("Ich zeichne unter Gremienvorbehalt", "council"),
        ("Ich zeichne nicht", "declines"),
    ],
)
def test_each_answer_with_what_belongs_to_it(
    browser: Browser, signing: Shortcuts, look: Look, label: str, name: str
) -> None:
    doris = signing.visitor(browser, "doris")
    page = doris.open("/sign")
    expect(page.locator("#chain")).to_contain_text("Ihr Browser hat verglichen")
    choose(page, label)
    look.at(doris, f"answer-{name}")


def test_too_many_words_the_code_and_the_copy(browser: Browser, signing: Shortcuts, look: Look) -> None:
    doris = signing.visitor(browser, "doris")
    page = doris.open("/sign")
    choose(page, "Ich zeichne mit Protokollerklärung")
    page.get_by_label("Protokollerklärung", exact=True).fill(TOO_LONG)
    expect(page.locator("#statement-count")).to_contain_text("zu viel")
    doris.press(BY_CODE)
    expect(page.locator("#statement-error")).to_be_visible()
    look.at(doris, "too-long")
    page.get_by_label("Protokollerklärung", exact=True).fill("Mit Nachdruck.")
    doris.press(BY_CODE)
    expect(page.get_by_label("Code aus der E-Mail")).to_be_visible()
    look.at(doris, "code")
    page = doris.open("/sign")
    choose(page, "Ich zeichne")
    doris.press("Mit eigener Signaturkarte")
    page.get_by_label("Signiertes Exemplar").set_input_files(
        {"name": "leer.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    doris.press("Einreichen und zeichnen")
    expect(page.get_by_role("alert")).to_be_visible()
    look.at(doris, "copy-refused")


def test_a_paper(browser: Browser, signing: Shortcuts, look: Look) -> None:
    clara = signing.visitor(browser, "clara")
    page = clara.open("/paper")
    look.at(clara, "papers")
    option = page.locator("#mandate option", has_text="Achern").get_attribute("value")
    page.get_by_label("Wer hat das Papier unterschrieben?").select_option(value=option)
    clara.press("Antwort erfassen")
    choose(page, "Ich zeichne")
    look.at(clara, "paper-form")
    page.get_by_label("Tag, an dem das Papier unterschrieben wurde").fill(
        day_of(signing.services.now()).isoformat()
    )
    scan = {"name": "scan.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(600, 800))}
    page.get_by_label("Scan des Papiers").set_input_files(scan)
    clara.press("Antwort erfassen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("zweite Person")
    look.at(clara, "paper-entry")


def test_what_was_signed_the_board_and_the_end(browser: Browser, signing: Shortcuts, look: Look) -> None:
    """Last, since the deadline passes."""
    signing.sign("gustav")
    gustav = signing.visitor(browser, "gustav")
    expect(gustav.open("/sign").locator("h1")).to_contain_text("Sie haben für")
    look.at(gustav, "signed")
    clara = signing.visitor(browser, "clara")
    clara.open("/board")
    look.at(clara, "board")
    signing.write(_end_the_time, signing)
    doris = signing.visitor(browser, "doris")
    expect(doris.open("/sign").locator("h1")).to_contain_text(re.compile("Frist"))
    look.at(doris, "too-late")
    gustav.open("/sign")
    look.at(gustav, "signed-after-the-deadline")


async def _end_the_time(db: AsyncSession, signing: Shortcuts) -> None:
    past = signing.services.now() - timedelta(hours=1)
    await db.execute(update(DeclarationRow).where(DeclarationRow.slug == SLUG).values(deadline=past))
