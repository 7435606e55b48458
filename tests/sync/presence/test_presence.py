"""Who is there now: what a room remembers of those who left."""

from __future__ import annotations

from datetime import UTC, datetime

from server.sync.attestation import Attestation, Member
from server.sync.presence.awareness import MAX_GONE, AwarenessEntry, Presence, decode_awareness
from server.sync.wire.messages import decode_message

ANNA, BEN = Member(1, "Anna"), Member(2, "Ben")


def make() -> Presence:
    return Presence(Attestation([], [], lambda: datetime(2026, 6, 17, tzinfo=UTC)))


def told(presence: Presence) -> list[AwarenessEntry]:
    frame = presence.take_changes()
    return [] if frame is None else decode_awareness(decode_message(frame)[1])


def test_of_many_who_came_and_left_only_the_last_are_remembered() -> None:
    presence = make()
    for client in range(1, 10 * MAX_GONE):
        connection = object()
        presence.update(connection, ANNA, [AwarenessEntry(client, 1, b"{}")])
        presence.leave(connection)
        told(presence)
    assert len(presence._states) <= MAX_GONE + 1
    assert len(presence._attestation._present) <= MAX_GONE + 1


def test_who_comes_back_is_shown_at_once() -> None:
    """The client counts on from its own clock; everybody else was told of its leaving at that very clock."""
    presence, first, second = make(), object(), object()
    presence.update(first, ANNA, [AwarenessEntry(7, 3, b'{"a":1}')])
    presence.leave(first)
    assert told(presence) == [AwarenessEntry(7, 3, b"null")]
    presence.update(second, ANNA, [AwarenessEntry(7, 4, b'{"a":1}')])
    assert told(presence) == [AwarenessEntry(7, 4, b'{"a":1}')]


def test_a_late_echo_brings_nobody_back() -> None:
    presence, anna, ben = make(), object(), object()
    presence.update(anna, ANNA, [AwarenessEntry(7, 3, b"{}")])
    presence.leave(anna)
    told(presence)
    presence.update(ben, BEN, [AwarenessEntry(7, 3, b"{}"), AwarenessEntry(7, 9, b"{}")])
    assert told(presence) == []


def test_what_others_tell_of_their_people_is_not_told_back() -> None:
    presence, here, far = make(), object(), object()
    presence.update(here, ANNA, [AwarenessEntry(7, 1, b"{}")])
    presence.update(far, BEN, [AwarenessEntry(8, 1, b"{}")], far=True)
    assert set(presence.take_changes_here()) == {1}
    assert {entry.client for entry in told(presence)} == {7, 8}
    presence.leave(here)
    presence.leave(far)
    assert {p: decode_awareness(s)[0].state for p, s in presence.take_changes_here().items()} == {1: b"null"}
