"""States of the text are kept by the hour and before much is deleted, once, whichever process looks first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from pycrdt import Doc, Text

from server.actions.text import checkpoints as acts
from server.actions.text import restoring
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind
from server.domain.text.live_text import LiveBlock
from server.domain.text.versions import Kept
from server.storage.tables.text import UpdateRow, WriterRow
from server.storage.text import checkpoints, update_log
from server.sync.projection import compact_updates, load_doc, read_text
from tests.world import OFFENBURG, SLUG, World

LONG = "Wir bauen Netze aus und lassen niemanden zurück. " * 8


@pytest.fixture(autouse=True)
def _rooms(world: World) -> Iterator[None]:
    with world.open_rooms():
        yield


def keep(world: World) -> int:
    return world.run(acts.keep_hourly(world.services))


def heads(world: World) -> list[CheckpointHead]:
    found: list[CheckpointHead] = world.read(checkpoints.list_heads, world.text_id)
    return found


def words_of(blocks: tuple[LiveBlock, ...]) -> str:
    return "\n".join("".join(run.text for run in block.runs) for block in blocks)


def kept(world: World) -> list[str]:
    """Newest first."""
    return [words_of(world.read(checkpoints.load_blocks, world.text_id, head.id)) for head in heads(world)]


def present(world: World) -> str:
    return words_of(read_text(world.read(update_log.load_updates, world.text_id)))


def delete_everything(world: World) -> None:
    """As one editor's Ctrl+A and Delete arrive."""
    text_id = world.text_id

    async def append() -> None:
        async with world.services.database.write() as db:
            doc: Doc[Text] = load_doc(await update_log.load_updates(db, text_id))
            made: list[bytes] = []
            subscription = doc.observe(lambda event: made.append(event.update))
            text = doc.get("text", type=Text)
            del text[0 : len(text) - 1]
            doc.unobserve(subscription)
            db.add_all(UpdateRow(text_id=text_id, data=update) for update in made)

    world.run(append())


def compact(world: World) -> None:
    world.run(world.services.rooms._compact_log(world.text_id))


def bring_back(world: World, number: int, block: int | None = None) -> None:
    world.run(
        restoring.bring_back(
            world.services, actor=world.person("clara"), slug=SLUG, key=Kept(number), block=block
        )
    )


def test_a_text_is_kept_once_an_hour_and_only_if_it_changed(world: World) -> None:
    assert (keep(world), keep(world)) == (1, 0)
    world.write("Neu. ")
    assert keep(world) == 0
    world.wait(hours=1)
    assert (keep(world), keep(world)) == (1, 0)
    world.wait(hours=1)
    assert keep(world) == 0
    assert [head.kind for head in heads(world)] == [CheckpointKind.HOUR] * 2
    assert kept(world)[0].startswith("Neu. Erklärung")


def test_several_processes_keep_it_once(world: World) -> None:
    other = world.more_services()

    async def both() -> list[int]:
        return await asyncio.gather(acts.keep_hourly(world.services), acts.keep_hourly(other))

    assert sorted(world.run(both())) == [0, 1]
    assert len(heads(world)) == 1
    world.run(other.close())


def test_what_was_written_and_deleted_within_the_hour_is_kept_too(world: World) -> None:
    keep(world)
    world.write(LONG)
    delete_everything(world)
    world.write("Danach. ")
    world.wait(hours=1)
    keep(world)
    assert [head.kind for head in heads(world)][:2] == [CheckpointKind.HOUR, CheckpointKind.BEFORE_DELETION]
    assert kept(world)[1].startswith(LONG)


def test_a_compaction_that_forgets_deleted_words_keeps_them_first(world: World) -> None:
    world.write(LONG)
    delete_everything(world)
    compact(world)
    updates = world.read(update_log.load_updates, world.text_id)
    assert len(updates) == 1
    assert b"niemanden" not in updates[0]
    assert any(words.startswith(LONG) for words in kept(world))


def test_a_passage_comes_back_to_where_it_stood_as_the_coordinators_change(world: World) -> None:
    keep(world)
    first = heads(world)[0].id
    delete_everything(world)
    compact(world)
    bring_back(world, first, 1)
    assert "Wir handeln gemeinsam." in present(world)
    assert "declaration:text:bring_back" in world.tags
    clara = world.person("clara").id
    stored = world.read(update_log.load_stored, world.text_id)
    assert clara in {writer.person for writer in stored.writers}


def test_a_passage_keeps_its_place_among_those_that_are_left(world: World) -> None:
    keep(world)
    first = heads(world)[0].id
    before = present(world)

    async def drop_second() -> None:
        async with world.services.database.write() as db:
            doc = load_doc(await update_log.load_updates(db, world_text))
            state, text = doc.get_state(), doc.get("text", type=Text)
            begin = len("Erklärung\n".encode())
            del text[begin : begin + len(b"Wir handeln gemeinsam.\n")]
            db.add(UpdateRow(text_id=world_text, data=doc.get_update(state)))

    world_text = world.text_id
    world.run(drop_second())
    assert present(world) != before
    bring_back(world, first, 1)
    assert present(world) == before


def test_the_whole_comes_back_and_what_stood_there_is_kept_first(world: World) -> None:
    keep(world)
    first, before = heads(world)[0].id, present(world)
    delete_everything(world)
    world.write("Von Anna seitdem. ")
    bring_back(world, first)
    assert present(world) == before
    newest = heads(world)[0]
    assert newest.kind is CheckpointKind.BEFORE_BRINGING_BACK
    assert "Von Anna seitdem." in kept(world)[0]
    bring_back(world, newest.id)
    assert "Von Anna seitdem." in present(world)


def test_what_is_as_it_was_brings_nothing_and_leaves_no_record(world: World) -> None:
    keep(world)
    bring_back(world, heads(world)[0].id)
    assert "declaration:text:bring_back" not in world.tags


def test_after_a_week_a_day_keeps_its_last_state_and_its_longest(world: World) -> None:
    for hour in range(4):
        if hour == 2:
            delete_everything(world)
        world.write(f"Stunde {hour}. " + (LONG if hour == 1 else ""))
        keep(world)
        world.wait(hours=1)
    assert len(heads(world)) >= 4
    world.wait(days=8)
    world.write("Später. ")
    keep(world)
    left = kept(world)
    assert len(left) == 3
    assert left[0].startswith("Später.")
    assert any(LONG in words for words in left)


def test_a_state_of_a_long_text_takes_little_room_and_time(world: World) -> None:
    """125,000 letters: some 40 kB at most, and far below a second of work."""
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    words = [f"Wort{number * 7919 % 4000}" for number in range(15_000)]
    with doc.transaction():
        text.insert(0, " ".join(words) + "\n", {"b": "paragraph:0"})
    compacted = compact_updates([doc.get_update()])
    text_id = world.text_id

    async def append() -> None:
        async with world.services.database.write() as db:
            db.add(UpdateRow(text_id=text_id, data=compacted))

    world.run(append())
    keep(world)
    head = heads(world)[0]
    assert head.letters > 120_000
    assert head.size < 60_000


def write_as(world: World, person: str, ags: str | None, words: str) -> None:
    """With a client id that belongs to them."""
    text_id, person_id = world.text_id, world.person(person).id

    async def append() -> None:
        async with world.services.database.write() as db:
            doc: Doc[Text] = load_doc(await update_log.load_updates(db, text_id))
            before = doc.get_state()
            doc.get("text", type=Text).insert(0, words, {})
            db.add(UpdateRow(text_id=text_id, data=doc.get_update(before)))
            db.add(
                WriterRow(
                    text_id=text_id, client=doc.client_id, person_id=person_id, ags=ags, first_at=world.time
                )
            )

    world.run(append())


def test_a_state_says_for_whom_somebody_wrote_since_the_one_before(world: World) -> None:
    write_as(world, "anna", OFFENBURG, "Von Anna. ")
    keep(world)
    write_as(world, "clara", None, "Von Clara. ")
    world.wait(hours=1)
    keep(world)
    assert [head.took_part for head in heads(world)] == [("",), (OFFENBURG,)]


def test_a_state_with_a_name_stays_however_old_it_grows(world: World) -> None:
    anna = world.person("anna")
    world.run(acts.keep_under_name(world.services, actor=anna, slug=SLUG, name="Nach der Runde"))
    for hour in range(3):
        world.write(f"Stunde {hour}. ")
        world.wait(hours=1)
        keep(world)
    world.wait(days=30)
    world.write("Später. ")
    keep(world)
    left = heads(world)
    assert left[-1].name == "Nach der Runde"
    assert len(left) < 5


def test_a_passage_takes_the_place_of_what_was_written_over_it(world: World) -> None:
    keep(world)
    before = present(world)
    world.write("Überschrieben. ")
    seen = restoring.fingerprint("Überschrieben. Erklärung")
    world.run(
        restoring.bring_back(
            world.services,
            actor=world.person("clara"),
            slug=SLUG,
            key=Kept(heads(world)[0].id),
            block=0,
            instead=restoring.Instead(0, seen),
        )
    )
    assert present(world) == before
    assert any("Überschrieben." in words for words in kept(world))
