"""Mail leaves in order; what cannot leave is tried again and holds up nobody else's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import smtplib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from unittest.mock import patch

import pytest
from sqlalchemy import select, update

from server.actions.notices import delivery
from server.actions.people import accounts
from server.mail.messages import Message
from server.mail.notices.account import PasskeyAdded
from server.mail.transport import Mail, RefusedMail, SmtpTransport
from server.storage.notices import mails
from server.storage.tables.notices import MailRow
from tests.waiting import HANG
from tests.world import World


class Post:
    """A mail server that refuses as it is told."""

    def __init__(self, refuse: Callable[[str], None]) -> None:
        self._refuse = refuse
        self.sent: list[str] = []

    def send(self, mail: Mail) -> None:
        self._refuse(mail.recipient)
        self.sent.append(mail.recipient)


def ask_for_links(world: World, *names: str) -> None:
    for name in names:
        work = accounts.send_login_link(
            world.services, email=f"{name}@example.org", next_path="/", browser="", code="123456"
        )
        world.run(work)


def tell(world: World, name: str) -> None:
    """Something that stays of use."""

    async def work() -> None:
        async with world.services.account_act() as act:
            await act.notify(person, PasskeyAdded("Anna", "2026-06-17T10:00:00+00:00"))
            act.record_nothing()

    person = world.person(name)
    world.run(work())


def deliver(world: World, post: Post) -> None:
    world.run(delivery.deliver_waiting(replace(world.services, transport=post)))


def test_a_refused_recipient_holds_up_nobody_else(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(recipient: str) -> None:
        if recipient.startswith("anna"):
            raise RefusedMail("no such mailbox")

    post = Post(refuse)
    ask_for_links(world, "anna", "doris", "gustav")
    deliver(world, post)
    assert post.sent == ["doris@example.org", "gustav@example.org"]
    assert [mail.recipient for mail in world.read(mails.list_waiting)] == ["anna@example.org"]
    assert "anna" not in caplog.text


def test_a_mail_server_that_is_away_is_asked_once(world: World) -> None:
    asked: list[str] = []

    def refuse(recipient: str) -> None:
        asked.append(recipient)
        raise ConnectionRefusedError

    ask_for_links(world, "anna", "doris")
    deliver(world, Post(refuse))
    assert asked == ["anna@example.org"]
    post = Post(lambda _: None)
    deliver(world, post)
    assert post.sent == ["anna@example.org", "doris@example.org"]


def test_a_refused_mail_is_tried_again_later_and_later(world: World) -> None:
    asked: list[datetime] = []

    def refuse(_: str) -> None:
        asked.append(world.time)
        raise RefusedMail("mailbox full")

    tell(world, "anna")
    for _ in range(200):
        deliver(world, Post(refuse))
        world.wait(minutes=1)
    pauses = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(asked)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_an_unexpected_error_does_not_end_the_delivery(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failures = [ValueError("words of a person")]
    done = asyncio.Event()

    async def fail_once(_: object) -> None:
        if failures:
            raise failures.pop()
        done.set()

    async def watch() -> None:
        work = asyncio.create_task(delivery.deliver_forever(world.services))
        await asyncio.wait_for(done.wait(), HANG)
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work

    monkeypatch.setattr(delivery, "deliver_waiting", fail_once)
    monkeypatch.setattr(delivery, "INTERVAL", 0.01)
    with caplog.at_level(logging.ERROR):
        world.run(watch())
    assert "ValueError" in caplog.text
    assert "words of a person" not in caplog.text


@pytest.mark.parametrize(
    "error",
    [smtplib.SMTPRecipientsRefused({"a@b": (550, b"no")}), smtplib.SMTPDataError(554, b"no"), ValueError()],
)
def test_what_the_mail_server_says_about_one_mail_is_told_apart(error: Exception) -> None:
    transport = SmtpTransport("smtp://localhost:1", "kraftakt@example.org")
    with patch("smtplib.SMTP") as server:
        server.return_value.__enter__.return_value.send_message.side_effect = error
        with pytest.raises(RefusedMail):
            transport.send(Mail("1", "a@example.org", Message("x", "y", "<p>y</p>", "de")))


def test_of_a_mail_that_has_left_no_link_and_no_code_is_kept(world: World) -> None:
    world.freeze()
    _, code = world.send_code("doris")
    deliver(world, Post(lambda _: None))
    rows = world.read(lambda db: db.scalars(select(MailRow)))
    assert [row.payload for row in rows] == [{}] * 4
    assert code


def rows(world: World) -> list[MailRow]:
    return list(world.read(lambda db: db.scalars(select(MailRow).order_by(MailRow.id))))


def test_a_link_that_has_expired_does_not_leave_and_is_not_kept(world: World) -> None:
    ask_for_links(world, "anna")
    world.wait(minutes=30)
    post = Post(lambda _: None)
    deliver(world, post)
    (row,) = rows(world)
    assert (post.sent, row.payload, row.reason, row.ended_at) == ([], {}, "expired", world.time)


def test_what_is_refused_for_five_days_is_given_up(world: World) -> None:
    def refuse(_: str) -> None:
        raise RefusedMail("550")

    tell(world, "anna")
    for _ in range(5 * 24 + 10):
        deliver(world, Post(refuse))
        world.wait(hours=1)
    (row,) = rows(world)
    assert (row.payload, row.reason, world.letters) == ({}, "550", [])
    assert row.ended_at is not None
    assert row.ended_at <= row.created_at + delivery.GIVE_UP_AFTER


def test_the_words_are_those_of_the_language_at_the_moment_of_leaving(world: World) -> None:
    tell(world, "anna")
    work = accounts.choose_language(world.services, actor=world.person("anna"), language="en")
    world.run(work)
    assert world.letters[0].subject == "New passkey for your Kraftakt account"


def test_a_notice_of_another_release_holds_up_nobody_else(world: World) -> None:
    tell(world, "anna")
    tell(world, "doris")

    async def rename() -> None:
        async with world.services.database.write() as db:
            await db.execute(update(MailRow).where(MailRow.id == 1).values(notice="Unknown"))

    world.run(rename())
    post = Post(lambda _: None)
    deliver(world, post)
    assert post.sent == ["doris@example.org"]
    assert rows(world)[0].reason == "unknown notice"
