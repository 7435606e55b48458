"""What is missing before the text can be fixed, and where it is mended."""

from __future__ import annotations

from datetime import UTC, datetime

from server.domain.declarations import Declaration, Phase
from server.domain.text.live_text import LiveBlock, LiveRun
from server.web.declarations.standing.readiness import judge, sections_of

AT = datetime(2027, 6, 17, tzinfo=UTC)
DECLARATION = Declaration(1, "x", "Erklärung", Phase.DRAFTING, "Region", AT, None, text_id=1)


def block(text: str, kind: str = "paragraph", level: int = 0, *suggested: str) -> LiveBlock:
    return LiveBlock(kind, level, (LiveRun(text, dict.fromkeys(suggested, "1")),), {})


def test_a_settled_text_with_signatories_and_deadline_misses_nothing() -> None:
    ready = judge(DECLARATION, [block("Wir handeln.")], 51)
    assert ready.missing == []
    assert ready.first_way is None
    assert [point.is_done for point in ready.points] == [True, True, True]


def test_open_suggestions_come_first_and_lead_to_the_first_of_them() -> None:
    ready = judge(DECLARATION, [block("Eins"), block("Zwei", "paragraph", 0, "ins:a")], 51)
    (point,) = ready.missing
    assert ready.points[0] is point
    assert point.sentence.facts["count"] == 1
    assert ready.first_way is not None
    assert ready.first_way.href == "/declarations/x/edit#block-2"


def test_an_empty_text_leads_into_the_editor() -> None:
    ready = judge(DECLARATION, [block(" ")], 51)
    assert ready.first_way is not None
    assert ready.first_way.href == "/declarations/x/edit"


def test_without_signatories_and_deadline_the_text_can_be_fixed_all_the_same() -> None:
    declaration = Declaration(1, "x", "Erklärung", Phase.DRAFTING, "Region", None, None, text_id=1)
    ready = judge(declaration, [block("Wir handeln.")], 0)
    assert len(ready.missing) == 2
    assert ready.first_way is None


def test_each_section_says_how_many_suggestions_are_open_in_it() -> None:
    blocks = [
        block("Titel", "heading", 1),
        block("Präambel", "heading", 2),
        block("Eins", "paragraph", 0, "ins:a", "del:b"),
        block("Beitritt", "heading", 2),
        block("Zwei", "paragraph", 0),
    ]
    assert [(s.block, s.title, s.suggestions) for s in sections_of(blocks)] == [
        (2, "Präambel", 2),
        (4, "Beitritt", 0),
    ]
