"""What was pasted by accident leaves all kept states and the log, and a tombstone stays."""

from __future__ import annotations

import pytest

from server.actions.text import checkpoints as acts
from server.actions.text.scrubbing import scrub_passage
from server.domain.errors import NotFound, ProofNeeded
from server.domain.text.checkpoints import TOMBSTONE, settled
from server.domain.text.errors import StillInText
from server.storage.record import audit
from server.storage.text import checkpoints, update_log
from tests.actions.text.test_earlier_states import delete_everything, heads, keep, kept
from tests.world import SLUG, World

SECRET = "Kontonummer und Diagnose, aus dem falschen Fenster eingefügt."


def scrub(world: World, checkpoint: int, block: int = 0) -> int:
    return world.run(
        scrub_passage(
            world.services,
            actor=world.person("clara"),
            slug=SLUG,
            checkpoint_id=checkpoint,
            block=block,
            proven_at=world.services.now(),
        )
    )


@pytest.fixture
def pasted(world: World) -> World:
    """Kept in two states, one of them with a name, and deleted since."""
    world.write(f"{SECRET}\n")
    keep(world)
    world.wait(hours=1)
    world.write("Danach. ")
    world.run(
        acts.keep_under_name(world.services, actor=world.person("anna"), slug=SLUG, name="Mit Versehen")
    )
    delete_everything(world)
    return world


def find_block(world: World, checkpoint: int) -> int:
    blocks = settled(world.read(checkpoints.load_blocks, world.text_id, checkpoint))
    return next(number for number, block in enumerate(blocks) if SECRET in block.text)


def test_it_is_gone_from_every_state_and_from_the_log(pasted: World) -> None:
    first = heads(pasted)[-1].id
    assert scrub(pasted, first, find_block(pasted, first)) == 2
    assert not [words for words in kept(pasted) if "Diagnose" in words]
    assert sum(TOMBSTONE in words for words in kept(pasted)) == 2
    updates = pasted.read(update_log.load_updates, pasted.text_id)
    assert not [update for update in updates if b"Diagnose" in update]
    assert {head.scrubbed_at for head in heads(pasted) if head.scrubbed_at} == {pasted.services.now()}


def test_it_is_on_record_without_its_words(pasted: World) -> None:
    first = heads(pasted)[-1].id
    scrub(pasted, first, find_block(pasted, first))
    event = pasted.read(audit.list_events, SLUG)[-1]
    assert event.tag == "declaration:checkpoint:scrub"
    assert event.facts == {"checkpoint": first, "states": 2}


def test_a_tombstone_is_not_brought_back(pasted: World) -> None:
    first = heads(pasted)[-1].id
    block = find_block(pasted, first)
    scrub(pasted, first, block)
    with pytest.raises(NotFound):
        scrub(pasted, first, block)


def test_what_still_stands_in_the_text_is_deleted_there_first(world: World) -> None:
    world.write(f"{SECRET}\n")
    keep(world)
    first = heads(world)[-1].id
    with pytest.raises(StillInText):
        scrub(world, first, find_block(world, first))
    assert SECRET in kept(world)[0]


def test_it_needs_a_fresh_proof(pasted: World) -> None:
    first, proven_at = heads(pasted)[-1].id, pasted.services.now()
    pasted.wait(hours=1)
    with pytest.raises(ProofNeeded):
        pasted.run(
            scrub_passage(
                pasted.services,
                actor=pasted.person("clara"),
                slug=SLUG,
                checkpoint_id=first,
                block=0,
                proven_at=proven_at,
            )
        )
