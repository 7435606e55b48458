"""The Gegenüberstellung of two revisions."""

import re

from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.comparing.words import words
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


def test_a_short_block_that_has_grown_is_the_same_block() -> None:
    changes = compare(content("A", "Beitritt", "Z"), content("A", "Beitritt weiterer Städte im Kreis", "Z"))
    assert [change.kind for change in changes] == ["same", "changed", "same"]
    other = compare(
        content("A", "Beitritt", "Z"), content("A", "Beitrittserklärung für Städte im Kreis", "Z")
    )
    assert [change.kind for change in other] == ["same", "added", "removed", "same"]


def test_a_clause_that_only_got_another_number_has_not_changed() -> None:
    old = Content((Block("clause", 1, (Run("Netze"),), "1."),))
    new = Content((Block("clause", 1, (Run("Neues"),), "1."), Block("clause", 1, (Run("Netze"),), "2.")))
    assert [change.kind for change in compare(old, new)] == ["added", "same"]


@given(st.lists(st.text("ab c", max_size=8), max_size=6), st.lists(st.text("ab c", max_size=8), max_size=6))
def test_both_texts_can_be_read_out_of_the_comparison(old: list[str], new: list[str]) -> None:
    """The older one but for its spaces: how many of them stand anywhere is no change."""
    changes = compare(content(*old), content(*new))
    assert [c.old.text for c in changes if c.old] == old
    assert [c.new.text for c in changes if c.new] == new
    for change in changes:
        if change.kind == "changed" and change.old and change.new:
            shown = "".join(w.text for w in change.words if w.kind != "added")
            assert shown.split() == change.old.text.split()
            assert "".join(w.text for w in change.words if w.kind != "removed") == change.new.text


SPACES = [  # old, new, and what is shown: {+added+}{-removed-}; None where nothing has changed
    ("Wir wollen  beides.", "Wir wollen beides.", None),
    ("Bis zu 50 % mehr. ", " Bis zu 50\u202f% mehr.", None),
    ("Erste Zeile \u2028zweite", "Erste Zeile\u2028zweite", None),
    ("Rund 50% der Ämter", "Rund 50 % der Ämter", "Rund 50{+ %+}{-%-} der Ämter"),
    ("Rund 50 % der Ämter", "Rund 50% der Ämter", "Rund 50{+%+}{- %-} der Ämter"),
    ("Erste Zeile zweite", "Erste Zeile\u2028zweite", "Erste Zeile{+\u2028zweite+}{- zweite-}"),
    (
        "Wir wollen beides.",
        "Heute wollen wir wie alle Wir wollen beides.",
        "{+Heute wollen wir wie alle +}Wir wollen beides.",
    ),
    ("Heute wollen wir.", "wollen wir.", "{-Heute -}wollen wir."),
    ("Wir wollen beides.", "Heute Wir wollen  beides.", "{+Heute +}Wir wollen  beides."),
    ("  Wir wollen heute. ", "Wir wollen morgen.", "Wir wollen {+morgen+}{-heute-}."),
    ("Wir  wollen heute mehr. ", "Wir wollen morgen mehr.", "Wir wollen {+morgen+}{-heute-} mehr."),
    ("Wir wollen heute  mehr", "Wir wollen mehr", "Wir wollen{- heute-} mehr"),
    ("50 x% mehr", "50 % mehr", "50 {-x-}% mehr"),
    ("Das alte Netz", "Alles neu", "{+Alles neu+}{-Das alte Netz-}"),
    ("Haus-Tür", "Haus - Tür", "Haus{+ - Tür+}{--Tür-}"),
    ("Ja", "Ja, doch", "Ja{+, doch+}"),
    ("Ja, doch", "Ja", "Ja{-, doch-}"),
]


def test_what_nobody_sees_of_spaces_is_no_change_and_what_one_sees_is_marked_with_its_word() -> None:
    for old, new, wanted in SPACES:
        marks = {"same": "{}", "added": "{{+{}+}}", "removed": "{{-{}-}}"}
        shown = "".join(marks[word.kind].format(word.text) for word in words(old, new))
        assert shown == (wanted or new), (old, new)
        (change,) = compare(content(old, "Ende"), content(new, "Ende"))[:-1] if wanted is None else [None]
        assert change is None or change.kind == "same", (old, new)
        assert not re.search(r"\{[+-]\s+[+-]\}", shown), "an empty mark"


def test_spaces_at_the_edges_of_bold_words_are_no_change() -> None:
    old = Content((Block("paragraph", 0, (Run("Ein "), Run(" Wort", strong=True), Run(" mehr "))),))
    new = Content((Block("paragraph", 0, (Run("Ein "), Run("Wort", strong=True), Run(" mehr"))),))
    other = Content((Block("paragraph", 0, (Run("Ein "), Run("Wort"), Run(" mehr"))),))
    assert [change.kind for change in (*compare(old, new), *compare(new, other))] == ["same", "changed"]
