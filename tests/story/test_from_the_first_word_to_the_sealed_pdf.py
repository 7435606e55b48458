"""The whole story, with real keystrokes, a real server and a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from server.cli.verify import EXIT_CODES
from server.domain.release.verification import Verdict
from tests.story.people import BY_CODE, BY_PASSKEY, Visitor
from tests.story.service import SLUG, Service

SENTENCE = " Wir handeln gemeinsam."
LATER = " Und wir berichten darüber."


def test_a_declaration_lives_from_the_first_word_to_the_sealed_pdf(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    anna, ben, clara, doris, gustav, emil = (
        Visitor(browser, service, name, phone=name in ("doris", "gustav")).sign_in()
        for name in ("anna", "ben", "clara", "doris", "gustav", "emil")
    )
    two_people_write_at_once(anna, ben)
    the_server_is_killed_and_nothing_is_lost(service, anna, ben)
    the_coordination_fixes_the_text(clara, anna)
    a_mayor_signs_with_a_passkey(doris)
    a_mayor_signs_with_a_code(gustav)
    the_text_changes_and_is_fixed_again(clara)
    each_sees_what_changed_and_signs_again(doris, gustav)
    clara_seals(clara)
    pdf = download(doris, tmp_path / "final.pdf")
    the_file_proves_itself(service, pdf, tmp_path)
    the_press_gets_a_copy_before_the_hour(service, download(emil, tmp_path / "copy.pdf"))


def two_people_write_at_once(anna: Visitor, ben: Visitor) -> None:
    anna.open_editor()
    ben.open_editor()
    anna.write_after("Maßstab unseres Handelns", SENTENCE)
    ben.write_after("Weitere Städte und Gemeinden", " Herzlich willkommen.")
    expect(ben.text).to_contain_text(SENTENCE.strip())
    expect(anna.text).to_contain_text("Herzlich willkommen.")
    expect(anna.page.locator("#presence")).to_contain_text("Lahr/Schwarzwald")
    expect(ben.page.get_by_text(re.compile("Offenburg")).first).to_be_visible()
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
    anna.ensure_accessible()
    undo_takes_back_only_ones_own(anna, ben)


def undo_takes_back_only_ones_own(anna: Visitor, ben: Visitor) -> None:
    ben.page.keyboard.type(" Vertippt.", delay=15)
    expect(anna.text).to_contain_text("Vertippt.")
    for _ in range(10):
        if "Vertippt" not in ben.written:
            break
        ben.page.keyboard.press("Control+z")
    expect(anna.text).not_to_contain_text("Vertippt")
    expect(ben.text).to_contain_text(SENTENCE.strip())


def the_server_is_killed_and_nothing_is_lost(service: Service, anna: Visitor, ben: Visitor) -> None:
    anna.write_after("Maßstab unseres Handelns", " Mitten im Wo")
    expect(ben.text).to_contain_text("Mitten im Wo")
    service.kill()
    anna.page.keyboard.type("rt geht es weiter.", delay=15)
    expect(anna.page.locator("[data-saved=false]")).to_be_visible()
    service.start()
    expect(ben.text).to_contain_text("Mitten im Wort geht es weiter.")
    expect(anna.page.locator("[data-saved=true]")).to_be_visible()
    ben.page.close()
    ben.page = ben.context.new_page()
    ben.open_editor()
    expect(ben.text).to_contain_text("Mitten im Wort geht es weiter.")


def the_coordination_fixes_the_text(clara: Visitor, anna: Visitor) -> None:
    clara.open("/freeze")
    clara.ensure_accessible()
    clara.press("Fassung 1 festlegen")
    expect(clara.page.get_by_role("status").filter(has_text="Fassung 1 ist festgelegt.")).to_be_visible()
    expect(anna.text).to_have_attribute("contenteditable", "false")
    anna.text.click()
    anna.page.keyboard.type("nicht erlaubt")
    expect(anna.text).not_to_contain_text("nicht erlaubt")
    anna.ensure_accessible()


def a_mayor_signs_with_a_passkey(doris: Visitor) -> None:
    doris.add_authenticator()
    page = doris.open("/sign")
    expect(page.locator("main")).to_contain_text(SENTENCE.strip())
    doris.ensure_accessible()
    doris.sign(BY_PASSKEY)
    expect(page.get_by_text("Sie haben für Offenburg gezeichnet.")).to_be_visible()
    doris.ensure_accessible()


def a_mayor_signs_with_a_code(gustav: Visitor) -> None:
    page = gustav.open("/sign")
    gustav.sign(BY_CODE)
    field = page.get_by_label("Code aus der E-Mail")
    expect(field).to_be_visible()
    gustav.ensure_accessible()
    field.fill(gustav.service.newest_code("gustav@rathaus.example"))
    gustav.press("Zeichnen")
    expect(page.get_by_text("Sie haben für Lahr/Schwarzwald gezeichnet.")).to_be_visible()


def the_text_changes_and_is_fixed_again(clara: Visitor) -> None:
    page = clara.open()
    expect(page.get_by_text(re.compile("2 von 51")).first).to_be_visible()
    clara.ensure_accessible()
    clara.open("/reopen")
    clara.press("Text wieder öffnen")
    clara.open_editor()
    clara.write_after("Maßstab unseres Handelns", LATER)
    expect(clara.page.locator("[data-saved=true]")).to_be_visible()
    page = clara.open("/freeze")
    page.get_by_label("Was hat sich geändert, und warum?").fill("Aus der Konferenz: wir berichten.")
    page.get_by_label("inhaltlich").check()
    clara.press("Fassung 2 festlegen")
    expect(clara.page.get_by_role("status").filter(has_text="Fassung 2 ist festgelegt.")).to_be_visible()
    expect(clara.open().get_by_text(re.compile("0 von 51")).first).to_be_visible()


def each_sees_what_changed_and_signs_again(doris: Visitor, gustav: Visitor) -> None:
    page = doris.open("/sign")
    changes = page.get_by_role("region", name="Geändert seit Ihrer letzten Antwort")
    expect(changes.locator("ins", has_text="berichten")).to_be_visible()
    doris.ensure_accessible()
    doris.sign(BY_PASSKEY)
    expect(page.get_by_text("Sie haben für Offenburg gezeichnet.")).to_be_visible()
    a_mayor_signs_with_a_code(gustav)


def clara_seals(clara: Visitor) -> None:
    page = clara.open("/seal")
    clara.ensure_accessible()
    clara.press("Endgültig ausfertigen")
    expect(page.get_by_role("link", name=re.compile("PDF")).first).to_be_visible()
    clara.ensure_accessible()


def download(visitor: Visitor, path: Path) -> Path:
    page = visitor.open()
    visitor.ensure_accessible()
    with page.expect_download() as started:
        page.locator(f"a[href$='/declarations/{SLUG}/final.pdf']").first.click()
    started.value.save_as(path)
    return path


def the_press_gets_a_copy_before_the_hour(service: Service, copy: Path) -> None:
    said = service.run("verify", str(copy), "--json")
    assert said.returncode == EXIT_CODES[Verdict.FOREIGN], said.stdout + said.stderr
    assert "document.advance" in {finding["check"] for finding in json.loads(said.stdout)["findings"]}


def the_file_proves_itself(service: Service, pdf: Path, folder: Path) -> None:
    """As far as a seal by a test certificate can."""
    good = service.run("verify", str(pdf), "--json")
    assert good.returncode == EXIT_CODES[Verdict.TRIAL], good.stdout + good.stderr  # by a test certificate
    report = json.loads(good.stdout)
    assert [f for f in report["findings"] if f["outcome"] in ("broken", "missing")] == []
    assert [(s["municipality"], s["level"]) for s in report["sign_offs"]] == [
        ("Lahr/Schwarzwald", "email_code"),
        ("Offenburg", "passkey"),
    ]
    data = pdf.read_bytes()
    for place in range(len(data) // 7, len(data), len(data) // 7):
        damaged = folder / "damaged.pdf"
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        bad = service.run("verify", str(damaged), "--json")
        verdict = Verdict(json.loads(bad.stdout)["verdict"])
        assert verdict in (Verdict.NOT_GENUINE, Verdict.UNREADABLE), f"byte {place}: {bad.stdout}{bad.stderr}"
        assert bad.returncode == EXIT_CODES[verdict]
