"""Every message of the rooms, from everybody, in every phase and declaration."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from pycrdt import Doc, Text

from server.app import create_app
from server.storage.declarations import declarations
from server.storage.text import update_log
from server.sync.projection import load_doc
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.sync.wire.messages import Kind, encode_chunk, encode_uint
from tests.web.rights.build import Stage
from tests.web.rights.extent import only_if_asked
from tests.web.rights.people import ELSEWHERE, HERE, KINDS, TWIN
from tests.web.rights.sockets import SAVED, STEP_2, TAKEN, Line
from tests.web.rights.table import Rule, rule, writing

TOWNS = {"anna": "Offenburg", "lena": "Lahr/Schwarzwald", "ben": "Lahr/Schwarzwald"}
NOBODY = rule("")
editing = rule("D", "coordinator", "editor")
suggesting = rule("D", "coordinator", "editor", "suggester")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message is made of: the live text, and who sends it as whom the text names them."""

    doc: Doc[Text]
    mark: str
    foreign: str

    def writes(self, marks: Mapping[str, object]) -> bytes:
        text, before = self.doc.get("text", type=Text), self.doc.get_state()
        text.insert(0, "x", dict(marks))
        return self.doc.get_update(before)


Make = Callable[[Asked], bytes]


@dataclass(frozen=True, slots=True)
class Message:
    """`taken`: how an answer begins that only comes to who may."""

    kind: Kind
    rule: Rule
    make: Make
    taken: bytes = STEP_2


def _new() -> str:
    """A suggestion of its own."""
    return f"ins:{random.getrandbits(40):x}"


def _caret(_: Asked) -> bytes:
    state = b'{"caret":1}'
    entry = encode_uint(random.getrandbits(31)) + encode_uint(1) + encode_chunk(state)
    return messages.awareness_frame(encode_uint(1) + entry)


MESSAGES: Mapping[str, Message] = {
    "asks for the text": Message(Kind.STEP_1, writing, lambda _: messages.step_1(b"\x00")),
    "writes": Message(Kind.UPDATE, editing, lambda asked: messages.update_frame(asked.writes({})), SAVED),
    "brings what was written apart": Message(
        Kind.STEP_2, editing, lambda asked: messages.step_2(asked.writes({})), SAVED
    ),
    "suggests": Message(
        Kind.UPDATE,
        suggesting,
        lambda asked: messages.update_frame(asked.writes({_new(): asked.mark})),
        SAVED,
    ),
    "brings suggestions made apart": Message(
        Kind.STEP_2, suggesting, lambda asked: messages.step_2(asked.writes({_new(): asked.mark})), SAVED
    ),
    "brings a suggestion in somebody else's name": Message(
        Kind.STEP_2, NOBODY, lambda asked: messages.step_2(asked.writes({_new(): asked.foreign})), SAVED
    ),
    "shows a caret": Message(Kind.AWARENESS, writing, _caret),
    "asks who is here": Message(Kind.QUERY_AWARENESS, writing, lambda _: b"\x03"),
    "asks for rights": Message(Kind.AUTH, writing, lambda _: b"\x02\x00\x00"),
}


def code_for(message: Message, name: str, letter: str, slug: str) -> set[int]:
    kind = KINDS[name]
    if kind == "visitor":
        return {CloseCode.NOT_SIGNED_IN}
    if kind == "none" or slug == ELSEWHERE or not writing.allows(name, letter):
        return {CloseCode.NOT_ALLOWED}
    return {TAKEN} if message.rule.allows(name, letter) else {CloseCode.NOT_ALLOWED, CloseCode.MALFORMED}


async def _send(app: Any, who: str, slug: str, message: Message, asked: Asked) -> int:
    line = Line(app, who, slug)
    line.send(message.make(asked))
    if message.taken == STEP_2 and message.kind is not Kind.STEP_1:
        line.send(messages.step_1(b"\x00"))  # answered after it
    try:
        return await line.outcome(message.taken)
    finally:
        await line.end()


def _asked(stage: Stage, who: str, slug: str) -> Asked:
    world = stage.world
    text_id = world.read(declarations.load_declaration, slug).text_id
    doc = load_doc(world.read(update_log.load_updates, text_id))
    own: Doc[Text] = Doc()
    own.apply_update(doc.get_update())
    own.get("text", type=Text)
    clara = world.person("clara").id
    person = clara if KINDS[who] == "visitor" else world.person(who).id
    other = world.person("hugo").id
    return Asked(own, f"{person}|{TOWNS.get(who, '')}|1", f"{other}|Offenburg|1")


@pytest.fixture(scope="module")
def app(stage: tuple[Stage, str]) -> Iterator[Any]:
    there, _ = stage
    rooms = there.world.services.rooms

    async def start() -> None:
        rooms.start()

    there.world.run(start())
    yield create_app(there.world.settings, there.world.services)
    there.world.run(rooms.close())


@pytest.mark.parametrize("slug", [HERE, TWIN, ELSEWHERE])
def test_everybody_is_heard_as_the_table_says(stage: tuple[Stage, str], app: Any, slug: str) -> None:
    there, letter = stage
    only_if_asked(slug, letter)
    holes = []
    for name in KINDS:
        for words, message in MESSAGES.items():
            code = there.world.run(_send(app, name, slug, message, _asked(there, name, slug)))
            if code not in code_for(message, name, letter, slug):
                holes.append(f"{name} {words} · {letter} · {slug}: {code}")
    assert not holes, "\n".join(holes)


def test_every_kind_of_message_is_sent() -> None:
    assert {message.kind for message in MESSAGES.values()} == set(Kind)
