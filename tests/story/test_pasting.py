"""The real clipboard and the page's own content security policy."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.story.people import Visitor
from tests.story.service import ROOT, Service

BUNDLE = ROOT / "client" / "node_modules" / ".bin" / "esbuild"
RECORDED = ROOT / "client" / "test" / "clipboards" / "recorded.ts"
READ = """() => [...document.querySelectorAll("#editor .ProseMirror > *")].map(block => {
  const marked = node => node.nodeType === 3 ? node.data
    : node.localName === "strong" || node.localName === "em"
    ? (sign => sign + [...node.childNodes].map(marked).join("") + sign)(node.localName === "em" ? "/" : "*")
    : [...node.childNodes].map(marked).join("");
  return `${block.dataset.kind}:${block.dataset.level} ${marked(block)}`;
})"""


def recorded() -> list[dict[str, Any]]:
    """The same clipboards as in the client's own test."""
    made = subprocess.run(
        [BUNDLE, RECORDED, "--format=cjs"], capture_output=True, text=True, check=True
    ).stdout
    show = f"{made}; process.stdout.write(JSON.stringify(module.exports.RECORDED))"
    done = subprocess.run(
        [ROOT / "client" / "node.sh", "node", "-e", show], capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture
def anna(browser: Browser, service: Service) -> Visitor:
    anna = Visitor(browser, service, "anna").sign_in()
    anna.context.grant_permissions(["clipboard-read", "clipboard-write"])
    anna.open_editor()
    anna.text.click()
    return anna


def put(anna: Visitor, html: str) -> None:
    """Through a page without a policy, as another program would: the browser itself writes the clipboard."""
    anna.page.evaluate(
        """html => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], {type: "text/html"}),
            "text/plain": new Blob(["x"], {type: "text/plain"})
        })])""",
        html,
    )


def clear(anna: Visitor) -> None:
    for key in ("Control+a", "Delete", "Control+Alt+0"):
        anna.page.keyboard.press(key)
    expect(anna.text.locator("> *")).to_have_count(1)


def paste_event(anna: Visitor, html: str) -> None:
    """What other programs put there as they wrote it; Chromium tidies up what a page writes itself."""
    anna.page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const text = document.querySelector("#editor .ProseMirror");
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            text.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        html,
    )


def test_clipboards_of_other_programs_keep_what_the_text_can_hold(anna: Visitor) -> None:
    for each in recorded():
        clear(anna)
        paste_event(anna, each["html"])
        assert (each["name"], anna.page.evaluate(READ)) == (each["name"], each["expected"])
        shown = anna.page.locator(".ke-pasted").is_visible()
        assert (each["name"], shown) == (each["name"], bool(each.get("lost")))
    expect(anna.page.locator("[data-saved=true][data-connection=online]")).to_be_visible()
    assert [words for words in anna.complaints if not words.startswith("Applying inline style")] == []


def test_the_browsers_own_clipboard_brings_bold_and_lists(anna: Visitor) -> None:
    clear(anna)
    put(
        anna,
        '<b style="font-weight:normal"><p><span style="font-weight:400">Wir </span>'
        '<span style="font-weight:700">bauen</span></p><ol><li>Eins</li><li>Zwei</li></ol></b>',
    )
    anna.page.keyboard.press("Control+v")
    expect(anna.text.locator("> *")).to_have_count(3)
    assert anna.page.evaluate(READ) == ["paragraph:0 Wir *bauen*", "clause:1 Eins", "clause:1 Zwei"]
    anna.page.keyboard.press("Control+a")
    anna.page.keyboard.press("Control+c")
    copied = anna.page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const read = async type => (await item.getType(type)).text();
            return [await read("text/plain"), await read("text/html")];
        }"""
    )
    assert copied[0] == "Wir bauen\n\n1. Eins\n\n2. Zwei"
    assert "<ol" in copied[1]
    assert copied[1].count("<li") == 2
    clear(anna)
    anna.page.keyboard.press("Control+v")
    expect(anna.text.locator("> *")).to_have_count(3)
    assert anna.page.evaluate(READ) == ["paragraph:0 Wir *bauen*", "clause:1 Eins", "clause:1 Zwei"]
