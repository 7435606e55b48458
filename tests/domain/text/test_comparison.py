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
    """But for spaces: how many of them stand anywhere is no change."""
    changes = compare(content(*old), content(*new))
    assert [c.old.text for c in changes if c.old] == old
    assert [c.new.text for c in changes if c.new] == new
    for change in changes:
        if change.kind == "changed" and change.old and change.new:
            shown = "".join(w.text for w in change.words if w.kind != "added")
            assert shown.split() == change.old.text.split()
            assert "".join(w.text for w in change.words if w.kind != "removed") == change.new.text


def test_nothing_but_spaces_is_no_change_and_a_space_between_is_marked_with_its_word() -> None:
    old = content("Wir wollen  beides.", "Bis zu 50 % mehr. ", "Rund 50% der Ämter", "Erste Zeile zweite")
    new = content(
        "Wir wollen beides.", " Bis zu 50\u202f% mehr.", "Rund 50 % der Ämter", "Erste Zeile\u2028zweite"
    )
    changes = compare(old, new)
    assert [change.kind for change in changes] == ["same", "same", "changed", "changed"]
    marked = [[(w.kind, w.text) for w in change.words if w.kind != "same"] for change in changes[2:]]
    assert marked == [
        [("added", " %"), ("removed", "%")],
        [("added", "\u2028zweite"), ("removed", " zweite")],
    ]
    (beside,) = changed_only(compare(content("Wir  wollen heute mehr. "), content("Wir wollen morgen mehr.")))
    assert [(w.kind, w.text) for w in beside.words] == [
        ("same", "Wir wollen "),
        ("added", "morgen"),
        ("removed", "heute"),
        ("same", " mehr."),
    ]
