"""Anna writes with a raw client: whatever the text has no place for closes her by name and reaches nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import cast

import pytest
from pycrdt import Array, Doc, Map, Text, XmlFragment

from server.domain.room_rights import RoomRights
from server.sync.attestation import Member
from server.sync.projection import load_doc, seed_update
from server.sync.room.checks.schema_check import MAX_CLIENTS_AN_HOUR, MAX_NEW_CLIENTS
from server.sync.room.connection import Connection
from server.sync.room.room import Room
from server.sync.room.text_state import Entry
from server.sync.rooms import Rooms
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.text_schema import MAX_BLOCK, MAX_MARKS
from server.sync.wire.update_check import EMPTY_UPDATE, check_update
from tests.cost import measured
from tests.sync.room.test_hostile_room import UNLIMITED, MemoryLog, Watcher
from tests.sync.wire.worst_shapes import (
    ROOT,
    chain,
    deletions,
    formats,
    ladder,
    letters_at_one_place,
    letters_within,
    pieces,
    update,
)

NOON = datetime(2026, 6, 17, 12, tzinfo=UTC)
NOW = int(NOON.timestamp())
ANNA = f"1|Offenburg|{NOW}"
BEN = f"2|Lahr|{NOW}"
Change = Callable[[Text], object]
WRITES = RoomRights(edit=True, comment=True)


def member(person: int, town: str) -> Member:
    return Member(person, f"P{person}", f"0831{person}", town)


class Table:
    """Anna and Ben in one room, each with a doc of their own."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.room: Room | None = None
        self.docs: dict[str, Doc[Text]] = {}
        self.lines: dict[str, Connection] = {}

    async def sit(self, name: str, who: Member, rights: RoomRights = WRITES) -> None:
        line = Connection(
            Watcher(),
            who,
            lambda: 0.0,
            UNLIMITED,
            phase="drafting",
            rights=rights,
            own_client=True,
        )
        self.room = await self.rooms.join(1, line, declaration_id=1)
        self.room.receive(line, messages.step_2(EMPTY_UPDATE))  # all that the page has is known
        self.lines[name], self.docs[name] = line, Doc()

    def writes(self, name: str, change: Change) -> None:
        """Raises Closing. Everybody else has it at once otherwise."""
        doc = self.docs[name]
        before = doc.get_state()
        change(doc.get("text", type=Text))
        self.sends(name, doc.get_update(before))

    def sends(self, name: str, data: bytes) -> None:
        assert self.room is not None
        self.room.receive(self.lines[name], messages.update_frame(data))
        for doc in self.docs.values():
            doc.apply_update(data)


def at_a_table(act: Callable[[Table], None], stored: bytes | None = None) -> MemoryLog:
    """The log after `act`. `stored`: what it holds before; none: an empty paragraph."""

    async def scenario() -> MemoryLog:
        log = MemoryLog()
        log.updates.append(stored or seed_update([]))
        rooms = Rooms(log, lambda: NOON, UNLIMITED)
        rooms.start()
        table = Table(rooms)
        await table.sit("anna", member(1, "Offenburg"))
        await table.sit("ben", member(2, "Lahr"))
        await table.sit("mute", member(3, "Kehl"), RoomRights(edit=True))
        for doc in table.docs.values():
            doc.apply_update(log.updates[0])
        act(table)
        await rooms.close()
        return log

    return asyncio.run(scenario())


def root(kind: type, fill: Callable[[object], object]) -> Change:
    """Fills another root of the doc."""

    def change(text: Text) -> None:
        fill(cast("Doc[object]", text.doc).get("meta", type=kind))

    return change


def insert(**attributes: object) -> Change:
    named = {key.replace("__", ":"): value for key, value in attributes.items()}
    return lambda text: text.insert(0, "x", named)


BREACHES: dict[str, tuple[Change, CloseCode]] = {
    "an embed": (lambda text: text.insert_embed(0, {"image": "x"}), CloseCode.MALFORMED),
    "an embed behind the last line feed": (
        lambda text: text.insert_embed(len(text), {"image": "x"}, {"ins:1": ANNA}),
        CloseCode.MALFORMED,
    ),
    "a binary": (lambda text: text.insert_embed(0, b"x"), CloseCode.MALFORMED),
    "a type": (lambda text: text.insert_embed(0, Map({"a": 1})), CloseCode.MALFORMED),
    "another root with text": (root(Text, lambda t: cast("Text", t).insert(0, "x")), CloseCode.MALFORMED),
    "a map": (root(Map, lambda m: cast("Map[object]", m).update({"a": 1})), CloseCode.MALFORMED),
    "a list": (root(Array, lambda a: cast("Array[object]", a).append(1)), CloseCode.MALFORMED),
    "a tree": (root(XmlFragment, lambda x: cast("XmlFragment", x).children.append("x")), CloseCode.MALFORMED),
    "an unknown kind": (insert(b="table:1"), CloseCode.MALFORMED),
    "an unknown level": (insert(b="heading:4"), CloseCode.MALFORMED),
    "a level in other digits": (insert(b="clause:٢"), CloseCode.MALFORMED),
    "an unknown format": (insert(color="red"), CloseCode.MALFORMED),
    "bold as a word": (insert(strong="true"), CloseCode.MALFORMED),
    "emphasis as no": (insert(em=False), CloseCode.MALFORMED),
    "a script for a link": (insert(link="javascript:alert(1)"), CloseCode.MALFORMED),
    "a link with a line feed": (insert(link="https://a\n.de"), CloseCode.MALFORMED),
    "a link without address": (insert(link="https://"), CloseCode.MALFORMED),
    "a link without end": (insert(link="https://" + "a" * 10_000), CloseCode.MALFORMED),
    "a link that is a number": (insert(link=5), CloseCode.MALFORMED),
    "a comment without id": (insert(comment__=True), CloseCode.MALFORMED),
    "a comment that is a list": (insert(comment__1=[1]), CloseCode.MALFORMED),
    "a proposal without id": (insert(ins__=ANNA), CloseCode.MALFORMED),
    "a proposal with a strange id": (lambda t: t.insert(0, "x", {"ins:a b": ANNA}), CloseCode.MALFORMED),
    "a proposal of nobody": (insert(ins__1=True), CloseCode.MALFORMED),
    "a proposal that is an object": (insert(ins__1={"a": 1}), CloseCode.MALFORMED),
    "a proposal in an impossible time": (insert(ins__1="1|Offenburg|1e99"), CloseCode.MALFORMED),
    "a proposal before time": (insert(ins__1="1|Offenburg|-5"), CloseCode.MALFORMED),
    "a proposal at no time": (insert(ins__1="1|Offenburg|"), CloseCode.MALFORMED),
    "a proposal of next week": (insert(ins__1=f"1|Offenburg|{NOW + 7 * 86_400}"), CloseCode.MALFORMED),
    "a proposed kind that is none": (insert(kind__1=f"table:1|{ANNA}"), CloseCode.MALFORMED),
    "a proposal in Ben's name": (insert(ins__1=BEN), CloseCode.NOT_ALLOWED),
    "a deletion in Ben's name": (insert(del__1=BEN), CloseCode.NOT_ALLOWED),
    "a kind in Ben's name": (insert(kind__1=f"heading:1|{BEN}"), CloseCode.NOT_ALLOWED),
    "a proposal for Ben's town": (insert(ins__1=f"1|Lahr|{NOW}"), CloseCode.NOT_ALLOWED),
    "a letter that is none": (lambda t: t.insert(0, "a\0b"), CloseCode.MALFORMED),
    "a command to a terminal": (lambda t: t.insert(0, "a\x1b[2Jb"), CloseCode.MALFORMED),
    "a carriage return": (lambda t: t.insert(0, "\r"), CloseCode.MALFORMED),
    "words turned round": (lambda t: t.insert(0, "\u202ednuH"), CloseCode.MALFORMED),
    "what stands for an object": (lambda t: t.insert(0, "\ufffc"), CloseCode.MALFORMED),
    "no character at all": (lambda t: t.insert(0, "\uffff"), CloseCode.MALFORMED),
    "a block without end": (lambda t: t.insert(0, "x" * (MAX_BLOCK + 5)), CloseCode.TOO_LARGE),
    "marks without end": (
        lambda t: t.insert(0, "x", {f"comment:{n}": True for n in range(MAX_MARKS + 1)}),
        CloseCode.TOO_LARGE,
    ),
}


@pytest.mark.parametrize(("change", "code"), BREACHES.values(), ids=BREACHES)
def test_what_the_text_has_no_place_for_is_refused_by_name(change: Change, code: CloseCode) -> None:
    def act(table: Table) -> None:
        with pytest.raises(Closing) as why:
            table.writes("anna", change)
        assert why.value.code is code
        assert why.value.reason

    assert len(at_a_table(act).updates) == 1


FITTING: dict[str, Change] = {
    "letters": lambda t: t.insert(0, "Größe 👩‍👩‍👧\u2028\t\u00a0\u00ad\u200b\u200eא"),
    "kinds": lambda t: t.insert(0, "\n", {"b": "clause:3"}),
    "marks": insert(strong=True, em=True, link="https://example.org/ä?x=%20"),
    "a comment": insert(comment__a_1=True),
    "proposals": insert(ins__1=ANNA, del__2=ANNA),
    "a proposed kind": lambda t: t.format(0, 1, {"kind:3": f"heading:1|{ANNA}"}),
    "a proposal by a clock that is slow": insert(ins__1="1|Offenburg|5"),
    "taking an attribute away": lambda t: t.insert(0, "x", {"b": None, "color": None}),
    "a long paste of short paragraphs": lambda t: t.insert(0, ("Satz. " * 100 + "\n") * 200),
    "deleting": lambda t: t.__delitem__(slice(0, 1)),
}


@pytest.mark.parametrize("change", FITTING.values(), ids=FITTING)
def test_what_the_editor_writes_is_taken(change: Change) -> None:
    assert len(at_a_table(lambda table: table.writes("anna", change)).updates) == 2


def test_marks_of_comments_are_for_those_who_may_comment() -> None:
    def act(table: Table) -> None:
        table.writes("mute", lambda text: text.insert(0, "Wir handeln.", {}))
        table.writes("anna", lambda text: text.format(0, 3, {"comment:a": True}))
        with pytest.raises(Closing) as why:
            table.writes("mute", lambda text: text.format(4, 7, {"comment:b": True}))
        assert why.value.code is CloseCode.NOT_ALLOWED

    at_a_table(act)


def test_who_may_not_comment_writes_in_a_passage_all_the_same() -> None:
    """Yjs closes and opens the mark around what comes in between."""

    def act(table: Table) -> None:
        table.writes("anna", lambda text: text.insert(0, "Wir handeln.", {"comment:a": True}))
        table.writes("mute", lambda text: text.insert(4, "alle ", {}))
        table.writes("mute", lambda text: text.insert(0, "Also: ", {"comment:a": True}))

    assert len(at_a_table(act).updates) == 2


def test_ones_own_words_in_bens_proposal_close_it_with_his_name_again() -> None:
    def act(table: Table) -> None:
        table.writes("ben", lambda text: text.insert(0, "neue Netze", {"ins:1": BEN}))
        table.writes("anna", lambda text: text.insert(5, "gute ", {}))
        table.writes("anna", lambda text: text.insert(2, "x", {"ins:1": BEN}))

    assert at_a_table(act).updates


def test_nobody_adds_to_bens_proposal_in_their_own_name() -> None:
    """Decided on as one, it would bring Anna's words in under his name."""

    def act(table: Table) -> None:
        table.writes("ben", lambda text: text.insert(0, "neue Netze", {"ins:1": BEN}))
        for key, value in (("ins:1", ANNA), ("del:1", ANNA), ("format:1", f"em=1|{ANNA}")):
            with pytest.raises(Closing, match="part of somebody else's proposal"):
                table.writes("anna", lambda text, key=key, value=value: text.insert(0, "x", {key: value}))
            table.docs["anna"] = Doc()
            table.docs["anna"].apply_update(table.docs["ben"].get_update())
        table.writes("ben", lambda text: text.insert(0, "ganz ", {"ins:1": f"2|Lahr|{NOW - 60}"}))
        table.writes("anna", lambda text: text.insert(0, "Also: ", {"ins:2": ANNA}))

    assert "Also: ganz neue" in str(load_doc(at_a_table(act).updates).get("text", type=Text))


def test_what_an_old_text_holds_may_be_written_again_but_nothing_else_of_its_kind() -> None:
    def act(table: Table) -> None:
        table.writes("anna", lambda text: text.insert(1, "y", {"color": "red"}))
        with pytest.raises(Closing):
            table.writes("anna", lambda text: text.insert(1, "y", {"color": "blue"}))

    old: Doc[Text] = Doc()
    old.get("text", type=Text).insert(0, "rot\n", {"color": "red"})
    at_a_table(act, old.get_update())


def test_client_ids_are_bounded_by_message_and_by_hour() -> None:
    def ids(first: int, count: int) -> bytes:
        return update((first + n, [ROOT + messages.encode_chunk(b"x")]) for n in range(count))

    def act(table: Table) -> None:
        with pytest.raises(Closing) as why:
            table.sends("anna", ids(1_000, MAX_NEW_CLIENTS + 1))
        assert why.value.code is CloseCode.TOO_LARGE
        for round_ in range(MAX_CLIENTS_AN_HOUR // MAX_NEW_CLIENTS):
            table.sends("anna", ids(10_000 * (round_ + 1), MAX_NEW_CLIENTS))
        with pytest.raises(Closing) as why:
            table.sends("anna", ids(1, 1))
        assert why.value.code is CloseCode.TOO_FAST
        table.sends("ben", ids(2, 1))  # it is hers alone

    at_a_table(act)


@pytest.mark.parametrize(
    "data", [chain(4_000), ladder(400, 400), formats(40_000)], ids=["chain", "ladder", "formats"]
)
def test_the_worst_message_costs_the_loop_little_and_the_thread_linear_time(data: bytes) -> None:
    with measured() as reading:
        facts = check_update(data)
    assert reading.seconds < 0.2 + 3e-6 * len(data)  # measured: 0.3 µs a byte
    with measured() as asking:
        facts.lacks_in({})
    assert asking.seconds < 0.05


@pytest.mark.parametrize(
    "data", [ladder(200, 150), pieces(4_000), formats(30_000)], ids=["ladder", "pieces", "formats"]
)
def test_the_worst_message_that_may_come_holds_the_loop_for_less_than_50_ms(data: bytes) -> None:
    """Reading it is done elsewhere: what is left is to judge it and to apply it."""
    facts = check_update(data)
    took: list[float] = []

    def act(table: Table) -> None:
        assert table.room is not None
        line = table.lines["anna"]
        entry = Entry(line, line.count_received(), data, whole=False)
        for step in (lambda: table.room._take_in(line, entry, facts), table.room._text.take):
            with measured() as cost, suppress(Closing):
                step()
            took.append(cost.seconds)

    at_a_table(act)
    assert max(took) < 0.05


def test_a_message_of_more_changes_than_anybody_makes_is_refused() -> None:
    def act(table: Table) -> None:
        with pytest.raises(Closing, match="too many changes") as refused:
            table.sends("anna", ladder(200, 151))
        assert refused.value.code is CloseCode.TOO_LARGE

    assert len(at_a_table(act).updates) == 1


def test_letters_one_by_one_in_a_message_of_a_megabyte_are_refused_before_they_are_applied() -> None:
    """Yrs would stand for minutes of processor time; a client sends what belongs together as one."""

    def act(table: Table) -> None:
        began = time.process_time()
        with pytest.raises(Closing, match="letters in too many pieces"):
            table.sends("anna", pieces(4_001))
        with pytest.raises(Closing, match="too many changes") as refused:
            table.sends("anna", pieces(130_000))
        assert refused.value.code is CloseCode.TOO_LARGE
        assert time.process_time() - began < 3

    assert len(at_a_table(act).updates) == 1


def test_what_takes_long_to_apply_is_refused_before_it_is_applied() -> None:
    """Minutes of processor time otherwise, for the room and for every browser."""
    long = update([(9, [ROOT + messages.encode_chunk(b"x" * 999_999)])])
    once = letters_at_one_place(5, 30_000)
    worst = {
        "letters where others are": (once, letters_at_one_place(6, 30_000)),
        "letters within a long line": (long, letters_within(9, 999_990, 20_000)),
        "deletions in a long line": (long, deletions(9, 999_990, 200_000)),
    }
    for name, (stored, data) in worst.items():

        def act(table: Table, data: bytes = data) -> None:
            with pytest.raises(Closing, match="takes too long") as refused:
                table.sends("anna", data)
            assert refused.value.code is CloseCode.TOO_LARGE

        with measured() as cost:
            log = at_a_table(act, stored)
        assert len(log.updates) == 1, name
        assert cost.seconds < 2, name  # measured: 0.3, most of it to read what is stored


def test_a_paste_of_thousands_of_short_paragraphs_is_taken_in() -> None:
    """As the editor writes a long table: formats stand between the letters, nothing could be joined."""

    def act(table: Table) -> None:
        doc, made = table.docs["anna"], list[bytes]()
        text = doc.get("text", type=Text)
        subscription = doc.observe(lambda event: made.append(event.update))
        with doc.transaction():
            for _ in range(3_000):
                at = len(text) - 1
                text.insert(at, "Zelle ", {})
                text.insert(at + 6, "zwei", {"strong": True})
                text.insert(at + 10, "\n", {"b": "paragraph:0"})
        doc.unobserve(subscription)
        assert check_update(made[0]).structs > 15_000
        table.sends("anna", made[0])

    assert len(at_a_table(act).updates) == 2


def test_a_week_without_a_network_is_taken_in() -> None:
    def act(table: Table) -> None:
        doc, made = table.docs["anna"], list[bytes]()
        text = doc.get("text", type=Text)
        subscription = doc.observe(lambda event: made.append(event.update))
        with doc.transaction():
            for at in range(60_000, 0, -50):
                text.insert(at, "neu", {"em": True})
                del text[at + 5 : at + 8]
        doc.unobserve(subscription)
        table.sends("anna", made[0])

    blocks: Doc[Text] = Doc(client_id=9)
    for _ in range(150):
        blocks.get("text", type=Text).insert(0, "Wort " * 80 + "\n", {"b": "paragraph:0"})
    assert len(at_a_table(act, blocks.get_update()).updates) == 2
