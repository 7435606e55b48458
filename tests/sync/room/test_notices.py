"""Everybody in a room hears that something of a topic has changed."""

from __future__ import annotations

import asyncio

from server.sync.wire.messages import notice_frame
from server.sync.wire.notices import RoomNotice, Topic
from server.sync.wire.peer_messages import NoticeNews, decode_news, encode_news
from tests.sync.served import Server


def test_everybody_in_the_room_hears_of_it_and_nobody_in_another(server: Server) -> None:
    async def scenario() -> None:
        async with (
            server.client("anna") as anna,
            server.client("ben") as ben,
            server.client("clara", slug="zweite") as clara,
        ):
            await asyncio.gather(anna.until_saved(), ben.until_saved(), clara.until_saved())
            server.call(server.lab.rooms.notify, 1, Topic.COMMENTS, "c7")
            await asyncio.gather(anna.catch_up(), ben.catch_up(), clara.catch_up())
            assert anna.notices == ben.notices == [{"topic": "comments", "id": "c7"}]
            assert clara.notices == []

    asyncio.run(scenario())


def test_a_stock_client_does_not_hear_what_it_would_not_understand(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna", own=False) as anna, server.client("ben") as ben:
            await asyncio.gather(anna.until_synced(), ben.until_synced())
            server.call(server.lab.rooms.notify, 1, Topic.COMMENTS)
            await asyncio.gather(anna.catch_up(), ben.catch_up())
            assert ben.notices == [{"topic": "comments"}]
            assert {frame[0] for frame in anna.frames} <= {0, 1}

    asyncio.run(scenario())


def test_where_nobody_is_nobody_is_told(server: Server) -> None:
    server.call(server.lab.rooms.notify, 1, Topic.COMMENTS)
    assert server.lab.log.loads == 0


def test_the_frame_is_small() -> None:
    assert notice_frame(RoomNotice(Topic.COMMENTS, 7)) == b'\x67\x1b{"topic":"comments","id":7}'


def test_between_processes_it_comes_through_whole_and_an_unknown_topic_is_passed_over() -> None:
    for about in (3, "c7", None):
        notice = RoomNotice(Topic.COMMENTS, about)
        assert decode_news(encode_news(NoticeNews(1, notice))) == NoticeNews(1, notice)
    assert decode_news(b'{"notice":1,"topic":"weather","id":null}') is None
