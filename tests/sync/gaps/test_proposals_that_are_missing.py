"""Whoever writes inside of a proposal that the log lost waits for its author; nobody else can bring it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from server.sync.projection import read_text
from server.sync.room.checks.schema_check import VOUCHED, SchemaCheck
from server.sync.room.connection import Connection
from server.sync.room.room import Room
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from tests.sync.gaps.people_apart import Sent
from tests.sync.gaps.ways_in import People, Processes, Received, member, processes

START = "Wir bauen Netze.\n"
STATE = bytes([2, 5, len(START), 6, len("Also: ")])
"""State vector of what the log has."""
BENS = "2|Offenburg|5"
ANNA, BEN = 0, 1


class Page:
    """What somebody's browser has; in the room from the start."""

    def __init__(self, writer: int, doc: Doc[Text]) -> None:
        self.writer, self.doc, self.socket = writer, doc, Received()

    async def enter(self, people: People) -> None:
        self.room, self.line = await people.enter(self.socket, self.writer)

    async def answers(self, people: People) -> None:
        """The room's questions, until there are no more."""
        while questions := self.socket.questions:
            self.socket.frames.clear()
            for asked in questions:
                self.room.receive(self.line, messages.step_2(self.doc.get_update(asked)))
            await people.settle()

    def writes(self, update: bytes) -> None:
        self.room.receive(self.line, messages.update_frame(update))


def docs(*, withdrawn: bool = False) -> tuple[Doc[Text], Doc[Text], bytes]:
    """Of Anna and of Ben; the first words, which alone the log still has. Ben proposed to delete Anna's
    words, and she wrote among them; `withdrawn`: at the same time he took it back."""
    annas, bens = Doc[Text](client_id=5), Doc[Text](client_id=6)
    annas.get("text", type=Text).insert(0, START)
    bens.apply_update(annas.get_update())
    text = bens.get("text", type=Text)
    text.insert(0, "Also: ")
    first = bens.get_update()
    text.format(6, 15, {"del:1": BENS})
    annas.apply_update(bens.get_update())
    if withdrawn:
        text.format(6, 15, {"del:1": None})
    annas.get("text", type=Text).insert(10, "alle ", {"strong": True})
    bens.apply_update(annas.get_update())
    return annas, bens, first


def scenario(folder: Path, act: Callable[[Processes, People], Awaitable[None]]) -> None:
    async def run() -> None:
        async with processes(folder) as there:
            people = People(there, await there.new_text())
            await act(there, people)

    asyncio.run(run())


async def begin(people: People, annas: Doc[Text], bens: Doc[Text], first: bytes) -> tuple[Page, Page]:
    """Both have written on record; Anna is in the room."""
    start = Doc[Text](client_id=5)
    start.get("text", type=Text).insert(0, START)
    await people.by_socket(Sent(ANNA, start.get_update()))
    await people.by_socket(Sent(BEN, first))
    anna, ben = Page(ANNA, annas), Page(BEN, bens)
    await anna.enter(people)
    return anna, ben


async def words(there: Processes, people: People) -> str:
    return "".join(run.text for block in read_text(await there.rows(people.text_id)) for run in block.runs)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_it_waits_for_the_author_and_is_saved_then(tmp_path: Path, withdrawn: bool) -> None:
    """Of a proposal that was taken back, only what Anna's page wrote again among her words is left: that it
    was his is known by Ben's page showing it."""

    async def act(there: Processes, people: People) -> None:
        annas, bens, first = docs(withdrawn=withdrawn)
        anna, ben = await begin(people, annas, bens, first)
        anna.writes(annas.get_update(STATE))  # before she has answered: asked, not refused
        await anna.answers(people)
        assert await words(there, people) == "Also: Wir bauen Netze."
        assert anna.line.waits_for_step_2
        await ben.enter(people)
        await ben.answers(people)
        await anna.answers(people)
        assert await words(there, people) == "Also: Wir alle bauen Netze."
        assert not anna.line.waits_for_step_2

    scenario(tmp_path, act)


def test_nothing_is_forged_by_claiming_that_it_was_lost(tmp_path: Path) -> None:
    """Anna makes up words of Ben, with his client id and with one of nobody's, to pass his proposal."""

    async def act(there: Processes, people: People) -> None:
        annas, bens, first = docs()
        anna, _ = await begin(people, annas, bens, first)
        forged = Doc[Text](client_id=6)
        forged.apply_update(first)
        text = forged.get("text", type=Text)
        text.insert(0, "Nein. ", {"ins:9": "2|Offenburg|6"})
        hers = Doc[Text](client_id=5)
        hers.apply_update(forged.get_update())
        hers.get("text", type=Text).insert(0, "Niemals. ", {"ins:9": "2|Offenburg|6"})
        anna.doc = hers
        await anna.answers(people)
        assert await words(there, people) == "Also: Wir bauen Netze."
        away, outside = await people.enter(Received(), 7)
        away.receive(outside, messages.step_2(hers.get_update()))
        await people.settle()
        assert await words(there, people) == "Also: Wir bauen Netze."
        anna.room.leave(anna.line)
        assert waiting(away) == 1
        away.leave(outside)
        assert waiting(away) == 0

    scenario(tmp_path, act)


def waiting(room: Room) -> int:
    return len(room._own_parts._waiting)


def test_who_lacks_nothing_is_refused_by_name(tmp_path: Path) -> None:
    async def act(_: Processes, people: People) -> None:
        annas, bens, first = docs()
        anna, _ben = await begin(people, annas, bens, first)
        alone = Doc[Text](client_id=5)
        alone.apply_update(first)
        anna.doc = alone
        await anna.answers(people)
        before = alone.get_state()
        alone.get("text", type=Text).insert(0, "Niemals. ", {"ins:9": "2|Offenburg|6"})
        assert_refused(anna.room, anna.line, messages.update_frame(alone.get_update(before)))
        assert_refused(anna.room, anna.line, messages.step_2(alone.get_update(before)))

    scenario(tmp_path, act)


def assert_refused(room: Room, line: Connection, frame: bytes) -> None:
    with pytest.raises(Closing) as why:
        room.receive(line, frame)
    assert why.value.code is CloseCode.NOT_ALLOWED


def test_nobody_vouches_in_anothers_name_nor_without_end() -> None:
    schema = SchemaCheck((), lambda: 0.0)
    proposals = [("ins:1", f'"2|Offenburg|{n}"') for n in range(VOUCHED + 500)]
    schema.vouch(proposals, member(ANNA))
    assert not any(map(schema.holds, proposals))
    schema.vouch(proposals, member(BEN))
    assert sum(map(schema.holds, proposals)) == VOUCHED
