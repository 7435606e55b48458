"""The text as a revision holds it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.content import LEVELS, Block, Content, Run, parse_content
from server.domain.text.errors import EmptyText, OpenSuggestions, UnknownMarkup
from server.domain.text.live_text import LiveBlock, LiveRun, fix_content

text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
runs = st.builds(Run, text, st.booleans(), st.booleans(), st.none() | st.just("https://example.org"))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(sorted(LEVELS)))
    number = "1." if kind == "clause" else None
    level = draw(st.sampled_from(list(LEVELS[kind])))
    return Block(kind, level, tuple(draw(st.lists(runs, max_size=3))), number)  # type: ignore[arg-type]


def live(kind: str, level: int, *texts: str, **marks: bool | str) -> LiveBlock:
    return LiveBlock(kind, level, tuple(LiveRun(text, marks) for text in texts), {})


@given(st.lists(blocks(), max_size=6))
def test_what_was_written_is_read_back(all_blocks: list[Block]) -> None:
    content = Content(tuple(all_blocks))
    again = parse_content(content.canonical())
    assert again == content
    assert again.digest == content.digest


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "kraftakt-content/2"},
        {"extra": 1},
        {"blocks": [{"kind": "table", "level": 0, "runs": []}]},
        {"blocks": [{"kind": "heading", "level": 4, "runs": []}]},
        {"blocks": [{"kind": "heading", "level": True, "runs": []}]},
        {"blocks": [{"kind": "clause", "level": 1, "runs": []}]},
        {"blocks": [{"kind": "paragraph", "level": 0, "runs": [{"text": "x", "marks": {"blink": True}}]}]},
        {"blocks": [{"kind": "paragraph", "level": 0, "runs": [{"text": "x", "marks": {"em": False}}]}]},
        {"blocks": "none"},
    ],
)
def test_any_other_shape_is_refused(damage: dict[str, object]) -> None:
    data = json.loads(Content((Block("paragraph", 0, (Run("x"),)),)).canonical()) | damage
    with pytest.raises(ValueError, match=r"block|text|kind|level|mark|number|run|format"):
        parse_content(json.dumps(data).encode())


def test_comments_stay_behind_when_the_text_is_fixed() -> None:
    blocks = (LiveBlock("paragraph", 0, (LiveRun("Wir ", {}), LiveRun("wollen", {"comment:a": True})), {}),)
    assert fix_content(blocks) == Content((Block("paragraph", 0, (Run("Wir wollen"),)),))


def test_open_suggestions_are_counted_and_refused() -> None:
    blocks = (
        LiveBlock(
            "paragraph", 0, (LiveRun("neu", {"ins:a": "1|Lahr|0"}), LiveRun("alt", {"del:a": "x"})), {}
        ),
        LiveBlock("heading", 1, (LiveRun("Titel", {}),), {"kind:b": "heading:2|1|Lahr|0"}),
    )
    with pytest.raises(OpenSuggestions) as refused:
        fix_content(blocks)
    assert refused.value.facts["count"] == 2


@pytest.mark.parametrize(
    "block",
    [
        LiveBlock("paragraph", 0, (LiveRun("x", {}),), {}, frozenset({"sparkle"})),
        LiveBlock("paragraph", 0, (LiveRun("x", {"sparkle": True}),), {}),
        LiveBlock("paragraph", 0, (LiveRun("x", {"link": "javascript:alert(1)"}),), {}),
        LiveBlock("heading", 7, (LiveRun("x", {}),), {}),
    ],
)
def test_what_nobody_knows_is_refused_and_not_dropped(block: LiveBlock) -> None:
    with pytest.raises(UnknownMarkup):
        fix_content((block,))


def test_a_text_without_letters_is_refused() -> None:
    with pytest.raises(EmptyText):
        fix_content((live("paragraph", 0, " \u2028 "), live("paragraph", 0)))


def test_clauses_get_their_numbers_and_empty_ends_go() -> None:
    content = fix_content(
        (live("clause", 1, "A"), live("heading", 2, "B"), live("clause", 1, "C"), live("paragraph", 0))
    )
    assert [(block.number, block.text) for block in content.blocks] == [("1.", "A"), (None, "B"), ("2.", "C")]
    assert content.plain_text == "1. A\nB\n2. C\n"


def test_runs_that_differ_in_comments_only_become_one() -> None:
    block = LiveBlock(
        "paragraph",
        0,
        (LiveRun("Ein ", {"strong": True, "comment:a": True}), LiveRun("Wort", {"strong": True})),
        {},
    )
    assert fix_content((block,)).blocks[0].runs == (Run("Ein Wort", strong=True),)
