"""A branch is a text with a log of its own: what is written in it stays there until it is shared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from server.domain.errors import WrongPhase
from server.domain.text.texts import DeclarationText, TextKind
from server.domain.text.update_log import LogAppend, StoredLog, Writer
from server.storage.text import texts
from server.sync.projection import load_doc, read_text
from tests.world import LAHR, OFFENBURG, World

ANNA, BEN = 1_001, 1_002
"""Yjs client ids. Nobody uses one in two texts."""


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url)
    yield world
    world.close()


def add_branch(world: World) -> DeclarationText:
    """Of the original."""
    parent = world.text_id

    async def add() -> DeclarationText:
        async with world.services.database.write() as db:
            return await texts.append_text(
                db, 1, world.time, kind=TextKind.BRANCH, parent_id=parent, name="Lahr"
            )

    return world.run(add())


def load(world: World, text_id: int) -> StoredLog:
    return world.run(world.services.update_log.load(text_id))


def doc_of(world: World, text_id: int) -> Doc[Text]:
    return load_doc(load(world, text_id).updates)


def words_of(world: World, text_id: int) -> str:
    return str(doc_of(world, text_id).get("text", type=Text))


def append(world: World, text_id: int, updates: tuple[bytes, ...], *writers: Writer) -> object:
    async def run() -> object:
        return await world.services.update_log.append([LogAppend(text_id, updates, writers)])

    return world.run(run())


def typed(stored: StoredLog, words: str, client: int) -> bytes:
    """Words in front of the text, as one update."""
    doc: Doc[Text] = Doc(client_id=client)
    for update in stored.updates:
        doc.apply_update(update)
    before = doc.get_state()
    doc.get("text", type=Text).insert(0, words, {})
    return doc.get_update(before)


def test_a_branch_follows_the_original_and_gives_back_what_is_its_own(world: World) -> None:
    original, branch = world.text_id, add_branch(world).id
    anna, ben = Writer(ANNA, 2, OFFENBURG, world.time), Writer(BEN, 3, LAHR, world.time)
    begun = load(world, original)
    start = words_of(world, original)
    assert append(world, branch, begun.updates, *begun.writers) == {}

    assert append(world, branch, (typed(load(world, branch), "Neu: ", BEN),), ben) == {}
    assert words_of(world, original) == start, "unseen"
    assert words_of(world, branch) == f"Neu: {start}"

    assert append(world, original, (typed(begun, "Heute: ", ANNA),), anna) == {}
    news = world.run(world.services.update_log.load_since(original, begun.position))
    assert append(world, branch, news.updates, anna) == {}
    assert words_of(world, original) == f"Heute: {start}"
    assert set(words_of(world, branch).removesuffix(start).split()) == {"Heute:", "Neu:"}

    own = doc_of(world, branch).get_update(doc_of(world, original).get_state())
    assert append(world, original, (own,), ben) == {}
    assert words_of(world, original) == words_of(world, branch)
    assert read_text(load(world, original).updates) == read_text(load(world, branch).updates)
    assert set(load(world, original).writers) == set(load(world, branch).writers) == {anna, ben}
    towns = {writer.client: writer.municipality for writer in load(world, original).writers}
    assert towns == {ANNA: "Offenburg", BEN: "Lahr/Schwarzwald"}


def test_when_the_text_is_fixed_its_branches_are_too(world: World) -> None:
    branch = add_branch(world).id
    assert append(world, branch, (b"before",)) == {}
    world.freeze()
    refused = append(world, branch, (b"after",))
    assert isinstance(refused, dict)
    assert isinstance(refused[branch], WrongPhase)
    assert load(world, branch).updates == (b"before",)


def test_the_texts_of_a_declaration_begin_with_its_original(world: World) -> None:
    branch = add_branch(world)
    original = DeclarationText(world.text_id, 1, TextKind.ORIGINAL, None, "de", "")
    assert world.read(texts.list_texts, 1) == [original, branch]
    assert branch.parent_id == original.id
