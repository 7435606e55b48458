"""Proposals in a branch, written as a browser would write them, without one."""

from __future__ import annotations

from pycrdt import Doc, Text

from server.actions.text.branches import preparing
from server.domain.text.branches.branches import prefix_of
from server.domain.text.update_log import LogAppend, Writer
from server.sync.branches import read_branch_text
from server.sync.projection import load_doc, read_text
from tests.world import OFFENBURG, SLUG, World

SECONDS = 1_781_690_400


def begin(world: World, name: str = "anna", *, office: bool = False) -> int:
    return world.run(
        preparing.begin_branch(
            world.services, actor=world.person(name), slug=SLUG, name="Digitalpakt", office=office
        )
    )


def updates_of(world: World, text_id: int) -> tuple[bytes, ...]:
    return world.run(world.services.update_log.load(text_id)).updates


def words_of(world: World, branch: int | None = None) -> str:
    """The letters of the original, or of what a branch shows, proposals included."""
    own = () if branch is None else updates_of(world, branch)
    return str(load_doc([*updates_of(world, world.text_id), *own]).get("text", type=Text))


def blocks_of(world: World, branch: int | None = None) -> list[dict[str, object]]:
    original = updates_of(world, world.text_id)
    found = read_text(original) if branch is None else read_branch_text(original, updates_of(world, branch))
    return [block.to_json() for block in found]


def propose(
    world: World, branch: int, words: str = "", *, instead: str = "", client: int = 7_001, name: str = "anna"
) -> str:
    """Puts words at the beginning, or in the place of some. Returns the proposal's id."""
    doc: Doc[Text] = Doc(client_id=client)
    for update in (*updates_of(world, world.text_id), *updates_of(world, branch)):
        doc.apply_update(update)
    before, text = doc.get_state(), doc.get("text", type=Text)
    person, town = world.person(name), "Offenburg" if name == "anna" else ""
    key, mark = f"{prefix_of(branch)}{client}-{len(before)}-{len(str(text))}", f"{person.id}|{town}|{SECONDS}"
    begin = len(str(text).split(instead, 1)[0].encode()) if instead else 0
    with doc.transaction():
        if words:
            text.insert(begin + len(instead.encode()), words, {f"ins:{key}": mark})
        if instead:
            text.format(begin, begin + len(instead.encode()), {f"del:{key}": mark})
    append(
        world,
        branch,
        doc.get_update(before),
        Writer(client, person.id, OFFENBURG if town else None, world.time),
    )
    return key


def take_out(world: World, proposal: str) -> None:
    """What a suggestion put in goes from the original, as when it is rejected."""
    doc: Doc[Text] = Doc(client_id=7_999)
    for update in updates_of(world, world.text_id):
        doc.apply_update(update)
    before, text = doc.get_state(), doc.get("text", type=Text)
    at = 0
    for words, marks in text.diff():
        length = len(str(words).encode())
        if marks and f"ins:{proposal}" in marks:
            del text[at : at + length]
            break
        at += length
    writer = Writer(7_999, world.person("clara").id, None, world.time)
    append(world, world.text_id, doc.get_update(before), writer)


def append(world: World, text_id: int, update: bytes, writer: Writer) -> None:
    known = {each.client for each in world.run(world.services.update_log.load(text_id)).writers}
    writers = () if writer.client in known else (writer,)

    async def run() -> object:
        return await world.services.update_log.append([LogAppend(text_id, (update,), writers)])

    assert not world.run(run())
