"""A proposal that is made in somebody's name stands where it should, among letters of any width."""

from __future__ import annotations

from server.domain.text.content import Block, Run
from server.domain.text.live_text import open_suggestions
from server.sync.attestation import Member
from server.sync.projection import read_text, seed_update
from server.sync.proposals import proposal_update
from tests.world import World

ANNA = Member(2, "Anna", "08317096", "Offenburg")
SEED = seed_update([Block("paragraph", 0, (Run("Größe 😀 zählt, aber Würde auch."),))])


def test_the_words_and_the_others_in_their_place_are_marked(world: World) -> None:
    update = proposal_update([SEED], ANNA, "Würde", "Anstand", world.time)
    assert update is not None
    (block,) = read_text([SEED, update])
    kinds = [(run.text, [key[:3] for key in run.marks]) for run in block.runs]
    assert kinds == [("Größe 😀 zählt, aber ", []), ("Würde", ["del"]), ("Anstand", ["ins"]), (" auch.", [])]
    (mark,) = {str(value) for run in block.runs for value in run.marks.values()}
    assert mark == f"2|Offenburg|{int(world.time.timestamp())}"
    assert len(open_suggestions([block])) == 1


def test_what_does_not_stand_there_is_not_proposed(world: World) -> None:
    for passage, words in (("Mut", "x"), ("", "x"), ("Würde", "a\nb")):
        assert proposal_update([SEED], ANNA, passage, words, world.time) is None
