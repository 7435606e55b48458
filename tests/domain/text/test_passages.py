"""A comparison as it is read: what is numbered, how places are called, what counts as moved."""

from __future__ import annotations

import time

from server.domain.text.comparing.moves import find_moves
from server.domain.text.comparing.passages import Fold, Passage, count_kinds, list_parts
from server.domain.text.comparing.places import Place, name_places
from server.domain.text.comparing.words import words
from server.domain.text.comparison import compare
from server.domain.text.content import Block, BlockKind, Content, Run

NETS = "Wir bauen leistungsfähige Netze in der Fläche aus."
TEAM = "Wir benennen in jeder Kommune eine Ansprechperson für Digitalisierung."
LAND = "Wir bitten Land und Bund um eine verlässliche Finanzierung."


def content(*texts: str, kind: BlockKind = "paragraph") -> Content:
    return Content(tuple(Block(kind, 0, (Run(text),)) for text in texts))


def clauses(*texts: str) -> Content:
    return Content(tuple(Block("clause", 1, (Run(t),), f"{n}.") for n, t in enumerate(texts, 1)))


def kinds(old: Content, new: Content) -> list[str]:
    return ["same" if isinstance(part, Fold) else part.kind for part in list_parts(old, new)]


def test_what_moved_unchanged_is_said_at_both_ends_and_counted_once() -> None:
    old, new = clauses(TEAM, NETS, LAND), clauses(NETS, LAND, TEAM)
    parts = list_parts(old, new)
    assert kinds(old, new) == ["moved_away", "same", "moved"]
    away, here = parts[0], parts[2]
    assert isinstance(away, Passage)
    assert isinstance(here, Passage)
    assert (away.number, here.number) == (1, 1)
    assert (away.elsewhere, here.elsewhere) == (here.place, away.place)
    assert (away.place.number, here.place.number) == ("1", "3")
    assert count_kinds(parts) == {"moved": 1}


def test_what_moved_and_changed_is_not_called_moved() -> None:
    changed = TEAM.replace("jeder", "keiner")
    assert "moved" not in kinds(clauses(TEAM, NETS, LAND), clauses(NETS, LAND, changed))


def test_short_or_repeated_blocks_never_move() -> None:
    assert find_moves(compare(content("Anlage", NETS), content(NETS, "Anlage"))) == {}
    assert find_moves(compare(content(TEAM, NETS, TEAM, LAND), content(NETS, TEAM, LAND, TEAM))) == {}


def test_another_kind_of_block_with_the_same_words_has_another_form() -> None:
    old, new = content(NETS, TEAM), Content((Block("quote", 0, (Run(NETS),)), content(TEAM).blocks[0]))
    assert kinds(old, new) == ["reshaped", "same"]


def test_only_added_or_only_removed_words_are_called_so() -> None:
    assert kinds(content(NETS), content(NETS.replace("Netze", "sichere Netze"))) == ["added"]
    assert kinds(content(NETS.replace("Netze", "sichere Netze")), content(NETS)) == ["removed"]
    assert kinds(content(NETS), content(NETS.replace("Netze", "Wege"))) == ["replaced"]


def test_unchanged_clauses_that_got_other_numbers_say_both() -> None:
    parts = list_parts(clauses(NETS, LAND), clauses("Ganz neu und an erster Stelle.", NETS, LAND))
    fold = parts[-1]
    assert isinstance(fold, Fold)
    assert (fold.clauses, fold.formerly) == (("2", "3"), ("1", "2"))


def test_places_are_called_as_people_call_them() -> None:
    blocks = (
        Block("heading", 1, (Run("Erklärung"),)),
        Block("paragraph", 0, (Run("Vorweg."),)),
        Block("heading", 2, (Run("Ziele"),)),
        Block("clause", 1, (Run("Netze"),), "7."),
        Block("clause", 2, (Run("schnell"),), "b)"),
        Block("paragraph", 0, (Run("Erstens."),)),
        Block("paragraph", 0, (Run(""),)),
        Block("paragraph", 0, (Run("Zweitens."),)),
    )
    assert [(place.number, place.heading) for place in name_places(Content(blocks))][1:] == [
        ("1", ""),
        ("", "Ziele"),
        ("7", "Ziele"),
        ("7 b", "Ziele"),
        ("1", "Ziele"),
        ("1", "Ziele"),
        ("2", "Ziele"),
    ]
    assert name_places(Content(blocks))[0] == Place("heading", "", "Erklärung")


def test_another_kind_of_space_is_no_change() -> None:
    assert [change.kind for change in words("nach § 54 GemO", "nach §\u00a054 GemO")] == ["same"]


def test_one_word_between_two_replacements_belongs_to_them() -> None:
    changes = words("alle roten und alten Züge fahren", "alle grünen und neuen Züge fahren")
    assert [(c.kind, c.text) for c in changes if c.kind != "same"] == [
        ("added", "grünen und neuen"),
        ("removed", "roten und alten"),
    ]


def test_a_hostile_text_takes_no_quadratic_time() -> None:
    """A paragraph of 12,000 words, and 4,000 blocks that are all the same."""
    begin = time.process_time()
    words("wort " * 12_000, "wert " * 12_000)
    compare(content(*["Gleich."] * 4_000), content(*["Gleich.", "Anders."] * 2_000))
    assert time.process_time() - begin < 5
