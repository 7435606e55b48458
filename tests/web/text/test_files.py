"""The text as a file: brought on the page, looked through, taken over as proposals, and taken along again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZIP_STORED, ZipFile

import pytest

from server.actions.text.comments import bringing
from server.actions.text.proposing import propose_change
from server.documents.word.docx.writer import write_docx
from server.documents.word.reading import read_file
from server.domain.text.files.deciding import decide, lines
from server.domain.text.files.manuscript import Manuscript, Remark, Reply, by_file
from server.domain.text.files.preparing import count_proposals
from server.domain.text.live_text import LiveBlock, LiveRun
from server.storage.people.persons import allow_creating
from server.storage.text import checkpoints, update_log
from server.sync.projection import read_text
from tests.documents.word.corpus import corpus
from tests.web.site import HOME, Site
from tests.world import SLUG

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
    with site.world.open_rooms():
        yield


def present(site: Site) -> tuple[LiveBlock, ...]:
    return read_text(site.world.read(update_log.load_updates, site.world.text_id))


def test_a_word_file_with_tracked_changes_becomes_suggestions(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    assert clara.send(PAGE, files={"file": ("entwurf.docx", FILE)}).location.endswith("/text/files/check")
    shown = clara.open(f"{PAGE}/check")
    assert re.search("Rosa Rose .*1 Vorschlag", shown.text)
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


def bring(site: Site, who: str, data: bytes, way: str, name: str = "entwurf.docx") -> str:
    """Where the last step leads."""
    visitor = site.visitor(who)
    visitor.open(PAGE)
    visitor.send(PAGE, files={"file": (name, data)})
    shown = visitor.open(f"{PAGE}/check")
    return visitor.send(f"{PAGE}/take-over", **shown.hidden_fields, way=way).location


def threads_of(site: Site) -> list[tuple[str, bool, list[tuple[str | None, str]]]]:
    found = site.world.ask(bringing.read_threads, site.world.text_id)
    return [
        (thread.quote, thread.resolved_at is not None, [(c.from_file, c.body) for c in thread.comments])
        for thread in found
    ]


REMARKED = write_docx(
    Manuscript(
        (
            block("heading", 1, ("Erklärung", {})),
            block("paragraph", 0, ("Wir ", {}), ("handeln", {"comment:7": True}), (" gemeinsam.", {})),
            block("clause", 1, ("Wir bauen Netze aus.", {"comment:8": True})),
        ),
        (
            Remark("7", "Rosa Rose", 1_750_000_000, "Wann?", (Reply("Tim Thymian", 1_750_000_100, "Bald."),)),
            Remark("8", "Tim Thymian", 1_750_000_200, "Erledigt.", resolved=True),
        ),
    ),
    "Erklärung",
)


def test_comments_of_the_file_become_threads_under_its_names(site: Site) -> None:
    bring(site, "clara", REMARKED, "propose")
    assert threads_of(site) == [
        ("handeln", False, [("Rosa Rose", "Wann?"), ("Tim Thymian", "Bald.")]),
        ("Wir bauen Netze aus.", True, [("Tim Thymian", "Erledigt.")]),
    ]
    marked = [
        run.text for each in present(site) for run in each.runs if any("comment:" in k for k in run.marks)
    ]
    assert marked == ["handeln", "Wir bauen Netze aus."]


def test_a_file_comes_back_with_one_more_answer_and_nothing_is_doubled(site: Site) -> None:
    bring(site, "clara", REMARKED, "propose")
    taken = read_file(site.visitor("anna").fetch(f"{PAGE}/text.docx"))
    assert [(r.author, r.words, [a.words for a in r.replies], r.resolved) for r in taken.remarks] == [
        ("Rosa Rose", "Wann?", ["Bald."], False),
        ("Tim Thymian", "Erledigt.", [], True),
    ]
    first, *rest = taken.remarks
    more = replace(first, replies=(*first.replies, Reply("Salbei", 1_750_000_900, "Wirklich bald.")))
    before = present(site)
    bring(site, "clara", write_docx(replace(taken, remarks=(more, *rest)), "T"), "propose")
    assert ("Salbei", "Wirklich bald.") in [said for thread in threads_of(site) for said in thread[2]]
    assert sum(len(comments) for _, _, comments in threads_of(site)) == 4
    assert present(site) == before


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_suggestions_go_out_under_people_s_names_and_municipalities(site: Site, ending: str) -> None:
    world = site.world
    world.run(
        propose_change(
            world.services, actor=world.person("anna"), slug=SLUG, passage="gemeinsam", words="sofort"
        )
    )
    manuscript = read_file(site.visitor("clara").fetch(f"{PAGE}/text.{ending}"))
    assert count_proposals(manuscript) == {"Anna, Offenburg": 1}


def test_markdown_and_plain_text_hold_what_stands(site: Site) -> None:
    test_a_word_file_with_tracked_changes_becomes_suggestions(site)
    anna = site.visitor("anna")
    assert anna.fetch(f"{PAGE}/text.md").decode() == (
        "# Erklärung\n\nWir handeln gemeinsam.\n\n1. Wir bauen Netze aus.\n"
    )
    assert anna.fetch(f"{PAGE}/text.txt").decode() == (
        "Erklärung\nWir handeln gemeinsam.\n1. Wir bauen Netze aus.\n"
    )
    assert anna.open(f"{PAGE}/text.pdf").status == 404


def test_in_place_of_the_text_the_file_stands_there(site: Site) -> None:
    data = b"# Neu\n\nGanz anders.\n"
    assert bring(site, "anna", data, "replace", "neu.md").endswith("done=replace")
    assert lines(present(site)) == ["Neu", "Ganz anders."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "lässt sich nicht als Text lesen"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "das alte Word-Format"),
        (b" \n", "In dieser Datei steht kein Text."),
    ],
)
def test_a_file_that_is_no_text_is_refused_on_the_page(site: Site, data: bytes, words: str) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    answer = clara.send(PAGE, files={"file": ("x.docx", data)})
    assert answer.status == 422
    assert words in answer.text


def test_without_a_file_the_page_says_what_is_missing(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    assert "Bitte wählen Sie zuerst eine Datei aus." in clara.send(PAGE, files={"file": ("", b"")}).text


def test_a_preview_that_was_replaced_is_not_taken_over(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    clara.send(PAGE, files={"file": ("a.docx", FILE)})
    first = clara.open(f"{PAGE}/check").hidden_fields
    clara.send(PAGE, files={"file": ("b.docx", REMARKED)})
    assert clara.send(f"{PAGE}/take-over", **first, way="propose").status == 409
    assert threads_of(site) == []


def test_dropped_it_is_forgotten(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    clara.send(PAGE, files={"file": ("a.docx", FILE)})
    clara.send(f"{PAGE}/drop")
    assert clara.open(f"{PAGE}/check").status == 303


def test_who_may_only_suggest_takes_along_and_brings_nothing(site: Site) -> None:
    ben = site.visitor("ben")
    assert "Datei einlesen" not in ben.open(PAGE).text
    assert ben.send(PAGE, files={"file": ("a.docx", FILE)}).status == 403
    assert ben.fetch(f"{PAGE}/text.docx")


def test_losses_are_named_with_their_words(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(PAGE)
    clara.send(PAGE, files={"file": ("a.docx", corpus()["word-lost.docx"])})
    shown = clara.open(f"{PAGE}/check").text
    for words in ("Tabellen (1) Zelle A Zelle B", "Fuß- und Endnoten (1) Die Note.", "Formeln (1)"):
        assert words in shown


def test_a_new_declaration_can_begin_with_a_file(site: Site) -> None:
    """Its title stands; the file is chosen on the page that follows, and takes the place of nothing."""
    site.write(allow_creating, site.world.person("clara").id)
    clara = site.visitor("clara")
    clara.open("/declarations/new")
    page = clara.send("/declarations/new", title="Zweite Erklärung", issuer="Städte", origin="file").location
    assert page == "/declarations/zweite-erklaerung/text/files"
    clara.open(page)
    clara.send(page, files={"file": ("entwurf.docx", REMARKED)})
    shown = clara.open(f"{page}/check")
    assert 'value="replace" required checked' in shown.source
    assert clara.send(f"{page}/take-over", **shown.hidden_fields, way="replace").location.endswith(
        "done=replace"
    )
    assert "Netze" in clara.fetch(f"{page}/text.txt").decode()


def test_a_file_may_be_as_large_as_the_page_says(site: Site) -> None:
    """Pictures make it so; they are left out."""
    file = io.BytesIO(write_docx(Manuscript((block("paragraph", 0, ("Wir handeln.", {})),)), "T"))
    with ZipFile(file, "a", ZIP_STORED) as archive:
        archive.writestr("word/media/picture.png", bytes(19_000_000))
    assert bring(site, "anna", file.getvalue(), "replace").endswith("done=replace")
    assert lines(present(site)) == ["Wir handeln."]
