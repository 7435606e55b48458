"""The Gegenüberstellung of two revisions."""

from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.comparison import changed_only, compare
from server.domain.text.content import Block, Content, Run


def content(*texts: str) -> Content:
    return Content(tuple(Block("paragraph", 0, (Run(text),)) for text in texts))


def test_the_same_text_has_no_changes() -> None:
    text = content("Wir wollen.", "Wir werden.")
    assert changed_only(compare(text, text)) == ()


def test_a_changed_word_is_shown_as_a_word() -> None:
    (change,) = changed_only(
        compare(content("A", "Wir wollen gemeinsam handeln."), content("A", "Wir werden gemeinsam handeln."))
    )
    assert change.kind == "changed"
    assert [(w.kind, w.text) for w in change.words if w.kind != "same"] == [
        ("added", "werden"),
        ("removed", "wollen"),
    ]


def test_a_new_paragraph_leaves_its_neighbours_alone() -> None:
    changes = compare(
        content("Erster Absatz.", "Zweiter Absatz."),
        content("Erster Absatz.", "Ganz anderes Thema!", "Zweiter Absatz."),
    )
    assert [change.kind for change in changes] == ["same", "added", "same"]


def test_a_clause_that_only_got_another_number_has_not_changed() -> None:
    old = Content((Block("clause", 1, (Run("Netze"),), "1."),))
    new = Content((Block("clause", 1, (Run("Neues"),), "1."), Block("clause", 1, (Run("Netze"),), "2.")))
    assert [change.kind for change in compare(old, new)] == ["added", "same"]


@given(st.lists(st.text("ab c", max_size=8), max_size=6), st.lists(st.text("ab c", max_size=8), max_size=6))
def test_both_texts_can_be_read_out_of_the_comparison(old: list[str], new: list[str]) -> None:
    changes = compare(content(*old), content(*new))
    assert [c.old.text for c in changes if c.old] == old
    assert [c.new.text for c in changes if c.new] == new
    for change in changes:
        if change.kind == "changed" and change.old and change.new:
            assert "".join(w.text for w in change.words if w.kind != "added") == change.old.text
            assert "".join(w.text for w in change.words if w.kind != "removed") == change.new.text
