"""The text as a file: brought on the page, looked through, taken over as proposals, and taken along again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.documents.word.docx.writer import write_docx
from server.documents.word.reading import read_file
from server.domain.text.files.deciding import decide, lines
from server.domain.text.files.manuscript import Manuscript, by_file
from server.domain.text.live_text import LiveBlock, LiveRun
from server.storage.text import checkpoints, update_log
from server.sync.projection import read_text
from tests.web.site import HOME, Site

PAGE = f"{HOME}/text/files"
ROSE, THYME = by_file("Rosa Rose", 1_750_000_000), by_file("Tim Thymian", 1_750_000_600)


def block(kind: str, level: int, *runs: tuple[str, dict[str, str | bool]]) -> LiveBlock:
    return LiveBlock(kind, level, tuple(LiveRun(*run) for run in runs), {})


FILE = write_docx(
    Manuscript(
        (
            block("heading", 1, ("Erklärung", {})),
            block("paragraph", 0, ("Wir handeln ", {}), ("jetzt ", {"ins:1": ROSE}), ("gemeinsam.", {})),
            block("clause", 1, ("Wir bauen ", {}), ("Netze ", {"del:2": THYME}), ("aus.", {})),
        )
    ),
    "Erklärung",
)


@pytest.fixture(autouse=True)
def _rooms(site: Site) -> Iterator[None]:
    """The service writes through them."""
    rooms = site.world.services.rooms

    async def start() -> None:
        rooms.start()

    site.world.run(start())
    yield
    site.world.run(rooms.close())


def present(site: Site) -> tuple[LiveBlock, ...]:
    return read_text(site.world.read(update_log.load_updates, site.world.text_id))


def test_a_word_file_with_tracked_changes_becomes_suggestions(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    assert clara.send(PAGE, files={"file": ("entwurf.docx", FILE)}).location.endswith("/text/files/check")
    shown = clara.open(f"{PAGE}/check")
    assert "Rosa Rose: 1 Vorschlag" in shown.text
    clara.send(f"{PAGE}/take-over", **shown.hidden_fields, way="propose")
    assert lines(decide(present(site), accept=True)) == [
        "Erklärung",
        "Wir handeln jetzt gemeinsam.",
        "Wir bauen aus.",
    ]
    assert lines(decide(present(site), accept=False)) == [
        "Erklärung",
        "Wir handeln gemeinsam.",
        "Wir bauen Netze aus.",
    ]
    assert "declaration:text:import" in site.world.tags
    assert site.world.read(checkpoints.list_heads, site.world.text_id)[0].kind.value == "import"


def test_what_is_taken_along_comes_back_without_anything_new(site: Site) -> None:
    test_a_word_file_with_tracked_changes_becomes_suggestions(site)
    before = [each.to_json() for each in present(site)]
    anna = site.visitor("anna")
    taken = anna.fetch(f"{PAGE}/text.docx")
    assert [lines(decide(read_file(taken).blocks, accept=way)) for way in (True, False)] == [
        lines(decide(present(site), accept=way)) for way in (True, False)
    ]
    anna.open(PAGE)
    anna.send(PAGE, files={"file": ("zurueck.docx", taken)})
    shown = anna.open(f"{PAGE}/check")
    assert anna.send(f"{PAGE}/take-over", **shown.hidden_fields, way="propose").location.endswith("nothing")
    assert [each.to_json() for each in present(site)] == before
