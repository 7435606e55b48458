"""For whom the words of a text were written, block by block."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.authorship import attribute, letters_by, shares_of, who_added
from server.domain.text.comparing.words import words
from server.domain.text.live_text import LiveBlock, LiveRun

OFFENBURG, LAHR = "08317096", "08317065"


def block(*runs: tuple[str, dict[str, str | bool]], **suggested: str) -> LiveBlock:
    return LiveBlock("paragraph", 0, tuple(LiveRun(text, marks) for text, marks in runs), suggested)


def test_each_block_knows_whose_its_letters_are() -> None:
    blocks = [block(("Wir bauen Netze", {})), block(("Gemeinsam", {}))]
    written = [(OFFENBURG, "Wir bauen "), (LAHR, "Netze\nGemein"), ("", "sam\n")]
    assert attribute(blocks, written) == [((OFFENBURG, 10), (LAHR, 5)), ((LAHR, 6), ("", 3))]


def test_what_is_only_proposed_counts_for_nobody() -> None:
    blocks = [block(("Wir ", {}), ("alle ", {"ins:1": "7"}), ("bauen", {}))]
    written = [(OFFENBURG, "Wir "), (LAHR, "alle "), (OFFENBURG, "bauen\n")]
    assert letters_by(attribute(blocks, written)[0]) == {OFFENBURG: 9}


def test_a_block_whose_end_is_only_proposed_goes_on_in_the_next() -> None:
    blocks = [LiveBlock("paragraph", 0, (LiveRun("Wir ", {}),), {"ins:1": "7"}), block(("bauen", {}))]
    written = [(OFFENBURG, "Wir "), (LAHR, "\n"), (OFFENBURG, "bauen\n")]
    assert attribute(blocks, written) == [((OFFENBURG, 4), (OFFENBURG, 5))]


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(1, 1000), max_size=12))
def test_shares_add_up_to_a_hundred_and_the_largest_comes_first(counts: dict[str, int]) -> None:
    shares = shares_of(Counter(counts))
    assert sum(share.percent for share in shares) == (100 if counts else 0)
    assert [share.letters for share in shares] == sorted(counts.values(), reverse=True)


def test_added_words_are_known_by_who_wrote_them() -> None:
    change = words("Wir bauen Netze", "Wir bauen schnelle Netze")
    assert who_added((("", 9), (LAHR, 9), ("", 6)), change) == {LAHR: 9}
