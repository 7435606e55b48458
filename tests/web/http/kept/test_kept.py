"""What is kept in memory is bounded, and is looked up again in time."""

from __future__ import annotations

from server.web.http.kept.feeds import FRESH, Feeds, feed_of
from server.web.http.kept.parts import KeptParts
from server.web.http.kept.watchers import LASTS, Watchers


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_feed_is_looked_up_once_a_second_by_one_of_all_who_ask() -> None:
    clock = Clock()
    feeds = Feeds(clock)
    assert feeds.fresh("a") is None
    feed = feeds.keep("a", feed_of(1, b"x"))
    assert feeds.fresh("a") is feed
    clock.now = FRESH
    assert feeds.fresh("a") is None, "one looks"
    assert feeds.fresh("a") is feed, "the others have what there is"
    feeds.clear()
    assert feeds.kept("a") is None


def test_the_same_bytes_have_the_same_tag_and_others_another() -> None:
    assert feed_of(1, b"x").tag == feed_of(2, b"x").tag != feed_of(1, b"y").tag


def test_the_oldest_makes_room() -> None:
    feeds, parts, watchers = Feeds(Clock(), 2), KeptParts[bytes](2), Watchers(Clock(), 2)
    for number in range(3):
        feeds.keep(str(number), feed_of(number, b""))
        parts.keep(number, b"part")
        watchers.note(number, "a", 1)
    assert [feeds.kept(str(number)) is None for number in range(3)] == [True, False, False]
    assert [parts.find(number) is None for number in range(3)] == [True, False, False]
    assert [watchers.let_in(number, "a", 1) for number in range(3)] == [False, True, True]


def test_a_right_is_kept_for_its_position_and_for_a_minute() -> None:
    clock = Clock()
    watchers = Watchers(clock)
    watchers.note(1, "a", 7)
    assert watchers.let_in(1, "a", 7)
    assert not watchers.let_in(1, "a", 8)
    assert not watchers.let_in(1, "b", 7)
    assert not watchers.let_in(2, "a", 7)
    clock.now = LASTS
    assert not watchers.let_in(1, "a", 7)
