"""A file's text goes into the live one: as proposals at the right letters, or in its place."""

from __future__ import annotations

from pycrdt import Doc, Text

from server.domain.text.content import Block, Run
from server.domain.text.files.deciding import decide, lines
from server.domain.text.files.manuscript import by_file
from server.domain.text.live_text import LiveBlock, LiveRun
from server.sync.importing.proposing import Untracked, proposing_update
from server.sync.importing.replacing import replacing_update
from server.sync.projection import project, seed_update

ROSE = by_file("Rosa Rose", 1_750_000_000)
FILE = Untracked(by_file("entwurf.docx", 1_750_000_900), "u")
TEXT = ["Erklärung", "Wir handeln gemeinsam.", "Wir bauen Netze aus."]


def doc_of(*texts: str) -> Doc[Text]:
    doc: Doc[Text] = Doc()
    blocks = [Block("heading", 1, (Run(texts[0]),)), *(Block("paragraph", 0, (Run(t),)) for t in texts[1:])]
    doc.apply_update(seed_update(blocks))
    return doc


def file_of(*texts: str | tuple[tuple[str, dict[str, str | bool]], ...]) -> list[LiveBlock]:
    blocks = []
    for number, text in enumerate(texts):
        runs = ((text, {}),) if isinstance(text, str) else text
        kind = ("heading", 1) if number == 0 else ("paragraph", 0)
        blocks.append(LiveBlock(*kind, tuple(LiveRun(*run) for run in runs), {}))
    return blocks


def bring(doc: Doc[Text], blocks: list[LiveBlock]) -> bool:
    update = proposing_update(doc, blocks, FILE)
    if update is not None:
        doc.apply_update(update)
    return update is not None


def decided(doc: Doc[Text], accept: bool) -> list[str]:
    return lines(decide(project(doc), accept=accept))


def test_an_equal_file_changes_nothing() -> None:
    doc = doc_of(*TEXT)
    assert not bring(doc, file_of(*TEXT))


def test_tracked_changes_are_proposed_at_their_letters() -> None:
    doc = doc_of(*TEXT)
    assert bring(
        doc,
        file_of(
            TEXT[0],
            (("Wir ", {}), ("handeln", {"del:1": ROSE}), ("bauen", {"ins:1": ROSE}), (" gemeinsam.", {})),
            TEXT[2],
        ),
    )
    assert decided(doc, accept=True) == ["Erklärung", "Wir bauen gemeinsam.", TEXT[2]]
    assert decided(doc, accept=False) == TEXT


def test_what_was_changed_without_tracking_is_proposed_in_the_file_s_name() -> None:
    doc = doc_of(*TEXT)
    assert bring(doc, file_of("Erklärung", "Wir handeln sofort gemeinsam.", "Ganz neu."))
    assert decided(doc, accept=True) == ["Erklärung", "Wir handeln sofort gemeinsam.", "Ganz neu."]
    assert decided(doc, accept=False) == TEXT
    values = {v for b in project(doc) for r in b.runs for v in r.marks.values()}
    assert values == {FILE.value}


def test_paragraphs_that_are_missing_or_new_are_proposed_as_a_whole() -> None:
    doc = doc_of(*TEXT)
    assert bring(doc, file_of("Erklärung", "Etwas völlig anderes steht hier.", TEXT[2], "Und ein Schluss."))
    assert decided(doc, accept=True) == [
        "Erklärung",
        "Etwas völlig anderes steht hier.",
        TEXT[2],
        "Und ein Schluss.",
    ]
    assert decided(doc, accept=False) == TEXT


def test_a_file_that_comes_back_with_our_own_proposals_proposes_them_once() -> None:
    doc, file = (
        doc_of(*TEXT),
        file_of(TEXT[0], (("Wir ", {}), ("alle ", {"ins:9": ROSE}), ("handeln gemeinsam.", {})), TEXT[2]),
    )
    assert bring(doc, file)
    assert not bring(doc, file)


def test_a_proposal_that_was_accepted_while_the_file_was_away_is_not_made_again() -> None:
    doc = doc_of("Erklärung", "Wir alle handeln gemeinsam.", TEXT[2])
    assert not bring(
        doc, file_of(TEXT[0], (("Wir ", {}), ("alle ", {"ins:9": ROSE}), ("handeln gemeinsam.", {})), TEXT[2])
    )


def test_empty_paragraphs_of_the_file_are_spaces_and_ours_stay() -> None:
    doc = doc_of("Erklärung", "Wir handeln gemeinsam.", "", TEXT[2])
    assert not bring(doc, file_of("Erklärung", "", "Wir handeln gemeinsam.", TEXT[2], ""))


def test_a_kind_that_the_file_names_is_proposed_and_a_mere_paragraph_says_nothing() -> None:
    doc = doc_of(*TEXT)
    file = file_of(*TEXT)
    file[0] = LiveBlock("paragraph", 0, file[0].runs, {})
    file[2] = LiveBlock("clause", 1, file[2].runs, {})
    assert bring(doc, file)
    assert [(b.kind, b.level) for b in decide(project(doc), accept=True)] == [
        ("heading", 1),
        ("paragraph", 0),
        ("clause", 1),
    ]


def test_a_great_deal_of_text_without_anything_in_common_is_done_in_little_time() -> None:
    doc = doc_of("Erklärung", *(f"Absatz {n} mit vielen Wörtern darin." for n in range(300)))
    assert bring(doc, file_of("Erklärung", *("ganz andere Wörter " * 20 + str(n) for n in range(300))))
    assert decided(doc, accept=False)[1] == "Absatz 0 mit vielen Wörtern darin."


def test_in_place_of_the_text_it_is_the_file_and_equal_blocks_stay_untouched() -> None:
    doc = doc_of(*TEXT)
    file = file_of(TEXT[0], (("Neu ", {"ins:1": ROSE}), ("hier.", {})), TEXT[2])
    update = replacing_update(doc, file)
    assert update is not None
    before = len(doc.get_update())
    doc.apply_update(update)
    assert [block.to_json() for block in project(doc)] == [block.to_json() for block in file]
    assert len(update) < before
    assert replacing_update(doc, file) is None
