"""Anna prepares two proposals that nobody sees, shares them, and the coordination takes the batch over."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, expect

from tests.story.late_comers import ensure_the_same_for_late_comers
from tests.story.people import Visitor
from tests.story.service import Service
from tests.story.test_comments import comment

PASSAGE, ADDED = "Maßstab unseres Handelns", " Im Stillen."
OTHER, MORE = "Weitere Städte und Gemeinden", " Leise."
PANELS = [
    "Zu englisch?",
    "@Clara Clematis",
    "So heißt es überall.",
    "Schon erledigt?",
    "Erledigt von",
    "Für Achern",
    "Bitte kürzer.",
    "Offen.",
    "geändert seit der Abstimmung",
    "Für die nächste Runde: Stille Post (Offenburg) (2)",
    "Bitte bis Dienstag",
]
"""What they have said by then, on cards, in the outline and in the list of open points."""


def test_a_draft_is_prepared_unseen_and_taken_over(browser: Browser, service: Service) -> None:
    anna, clara = (Visitor(browser, service, name).sign_in() for name in ("anna", "clara"))
    clara.open_editor()
    before = clara.written
    anna_begins_a_draft(anna)
    anna_writes_unseen(anna, clara, before)
    anna_shares(anna)
    clara_marks_a_section_as_agreed(anna, clara)
    clara.open_editor()
    they_talk(anna, clara)
    clara_puts_the_batch_off(clara)
    ensure_the_same_for_late_comers(browser, service, [anna, clara], PANELS)
    clara_takes_the_batch_over(clara)
    anna_reads_what_became_of_it(anna)
    assert [one.complaints for one in (anna, clara)] == [[], []]


def anna_begins_a_draft(anna: Visitor) -> None:
    page = anna.open_editor()
    page.get_by_role("button", name="Menü").click()
    page.get_by_role("link", name="Private Entwürfe").click()
    anna.ensure_accessible()
    page.get_by_label("Name des Entwurfs").fill("Stille Post")
    page.get_by_label("Unser Büro").check()
    anna.press("Entwurf beginnen")
    expect(page.locator("html[data-editor=ready]")).to_be_attached()
    expect(page.get_by_text("Privater Entwurf: Stille Post")).to_be_visible()
    expect(page.get_by_role("button", name="Bearbeiten", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )


def anna_writes_unseen(anna: Visitor, clara: Visitor, before: str) -> None:
    anna.write_after(PASSAGE, ADDED)
    expect(anna.page.get_by_text("1 Vorschlag, noch nicht geteilt")).to_be_visible()
    clara.write_after(OTHER, " Heute.")
    expect(anna.text).to_contain_text("Heute.")
    anna.write_after("Diese Erklärung ist eine politische", MORE)
    expect(anna.page.get_by_text("2 Vorschläge, noch nicht geteilt")).to_be_visible()
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
    anna.ensure_accessible()
    assert clara.written.replace(" Heute.", "") == before
    expect(clara.text.locator("ins")).to_have_count(0)


def anna_shares(anna: Visitor) -> None:
    anna.page.get_by_role("link", name="Teilen …").click()
    expect(anna.main).to_contain_text("2 Vorschläge")
    anna.page.get_by_label("Ein Wort dazu").fill("Bitte bis Dienstag")
    anna.ensure_accessible()
    anna.press("Vorschläge teilen")
    expect(anna.page.locator("html[data-editor=ready]")).to_be_attached()
    expect(anna.text.locator("ins")).to_have_text([ADDED, MORE])


def points(clara: Visitor) -> Locator:
    return clara.page.get_by_role("region", name="Offene Punkte")


def they_talk(anna: Visitor, clara: Visitor) -> None:
    """In what was agreed a sentence is added. A mention and its answer, a settled remark, one made for
    somebody else, and an open proposal."""
    anna.write_after("Die fünf Großen Kreisstädte", " Und weiter.")
    comment(anna, "Beitritt", "Schon erledigt?")
    comment(anna, "Governance", "Zu englisch? @Clara Clematis")
    asked = clara.page.locator(".ke-card[data-kind=thread]").filter(has_text="Zu englisch?")
    asked.get_by_role("button", name="Antworten").click()
    clara.page.keyboard.type("So heißt es überall.")
    clara.page.keyboard.press("Control+Enter")
    expect(asked).to_contain_text("So heißt es überall.")
    settled = clara.page.locator(".ke-card[data-kind=thread]").filter(has_text="Schon erledigt?")
    settled.get_by_role("button", name="Erledigt").click()
    clara.select("Rechtscharakter")
    clara.page.keyboard.press("Control+Alt+m")
    clara.page.keyboard.type("Bitte kürzer.")
    clara.page.get_by_label("In wessen Namen").select_option(label="Achern")
    clara.press("Senden")
    expect(anna.page.locator(".ke-card").filter(has_text="Bitte kürzer.")).to_contain_text("Für Achern")
    anna.page.get_by_role("button", name="Vorschlagen", exact=True).click()
    anna.write_after("Rechtscharakter", " Offen.")
    expect(clara.text.locator("ins").filter(has_text="Offen.")).to_be_attached()


def clara_puts_the_batch_off(clara: Visitor) -> None:
    page = clara.page
    page.locator(".ke-count").click()
    page.get_by_label("Aus welchem Entwurf").select_option("Stille Post (Offenburg)")
    expect(points(clara)).to_contain_text("Bitte bis Dienstag")
    clara.ensure_accessible()
    page.get_by_role("button", name="Für die nächste Runde zurückstellen").click()
    expect(points(clara)).to_contain_text("Für die nächste Runde: Stille Post (Offenburg) (2)")
    page.keyboard.press("Escape")


def clara_takes_the_batch_over(clara: Visitor) -> None:
    """Back again, as a whole."""
    page = clara.page
    page.locator(".ke-count").click()
    page.get_by_role("button", name="Wieder vorlegen").click()
    page.get_by_label("Aus welchem Entwurf").select_option("Stille Post (Offenburg)")
    page.get_by_role("button", name="2 annehmen", exact=True).click()
    with page.expect_response(lambda answer: answer.url.endswith("/decisions")) as recorded:
        page.get_by_role("button", name="2 annehmen: sicher?").click()
    assert recorded.value.ok
    expect(clara.text.locator("ins")).to_have_text([" Offen."])
    expect(clara.text).to_contain_text(ADDED.strip())
    expect(page.locator("[data-saved=true]")).to_be_visible()


def clara_marks_a_section_as_agreed(anna: Visitor, clara: Visitor) -> None:
    clara.open("/sections")
    clara.ensure_accessible()
    preamble = clara.main.get_by_role("listitem").filter(has_text="Präambel")
    preamble.get_by_role("button", name="Abgestimmt").click()
    expect(preamble.get_by_role("button", name="Wieder öffnen")).to_be_visible()
    outline = anna.page.get_by_role("navigation", name="Gliederung")
    expect(outline.locator("[data-state=agreed]")).to_have_text(["abgestimmt"])
    expect(outline.get_by_role("button", name="Präambel")).to_contain_text("abgestimmt")


def anna_reads_what_became_of_it(anna: Visitor) -> None:
    anna.open("/branches")
    outcome = "alles entschieden: 2 übernommen, 0 abgelehnt"
    expect(anna.main).to_contain_text(outcome)
    expect(anna.main.get_by_role("img", name=outcome)).to_be_visible()
    anna.ensure_accessible()
