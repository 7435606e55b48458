"""Of several processes over one database one sends each mail, also what a killed one left behind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from server.actions.notices import delivery
from server.actions.people import accounts
from server.actions.services import Services
from server.mail.transport import FolderTransport, Mail
from server.storage.notices import mails
from tests.waiting import HANG
from tests.world import World


class Post:
    """A mail server that takes everything, when `wait` returns."""

    def __init__(self, wait: Callable[[], object] = lambda: None) -> None:
        self._wait = wait
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self._wait()
        self.sent.append(mail)

    @property
    def recipients(self) -> list[str]:
        return sorted(mail.recipient for mail in self.sent)


@pytest.fixture
def either(tmp_path: Path, database_url: str) -> Iterator[World]:
    """On either database."""
    with closing(World(tmp_path, database_url)) as world:
        yield world


def ask_for_links(world: World, *names: str) -> None:
    for name in names:
        work = accounts.send_login_link(
            world.services, email=f"{name}@example.org", next_path="/", browser="", code="123456"
        )
        world.run(work)


def deliver(world: World, post: Post, services: Services | None = None) -> None:
    world.run(delivery.deliver_waiting(replace(services or world.services, transport=post)))


def claim(world: World, services: Services) -> None:
    """As a process does that is killed before it sends."""

    async def work() -> None:
        async with services.database.write() as db:
            until = world.time + delivery.CLAIM_TTL
            assert await mails.claim_mail(db, services.process, world.time, until) is not None

    world.run(work())


def test_two_processes_send_each_mail_once(either: World) -> None:
    """Both are sending at the same moment: neither goes on before the other has come as far."""
    ask_for_links(either, "anna", "doris", "gustav", "emil")
    post, other = Post(threading.Barrier(2, timeout=HANG).wait), either.more_services()

    async def both() -> None:
        each = (replace(services, transport=post) for services in (either.services, other))
        await asyncio.gather(*(delivery.deliver_waiting(services) for services in each))
        await other.close()

    either.run(both())
    assert post.recipients == [f"{name}@example.org" for name in ("anna", "doris", "emil", "gustav")]
    assert either.read(mails.list_waiting) == []


def test_what_a_killed_process_has_claimed_is_sent_by_another(either: World) -> None:
    ask_for_links(either, "anna", "doris")
    killed = either.more_services()
    claim(either, killed)
    either.run(killed.close())
    post = Post()
    deliver(either, post)
    assert post.recipients == ["doris@example.org"]
    either.wait(seconds=delivery.CLAIM_TTL.total_seconds() - 1)
    deliver(either, post)
    assert post.recipients == ["doris@example.org"]
    either.wait(seconds=1)
    deliver(either, post)
    assert post.recipients == ["anna@example.org", "doris@example.org"]


def test_who_comes_back_too_late_does_not_give_up_the_claim_of_another(either: World) -> None:
    ask_for_links(either, "anna")
    late, now = either.more_services(), either.services
    claim(either, late)
    either.wait(seconds=delivery.CLAIM_TTL.total_seconds())
    claim(either, now)

    async def give_back() -> None:
        async with late.database.write() as db:
            await mails.release_mail(db, 1, late.process)
        await late.close()

    either.run(give_back())
    post = Post()
    deliver(either, post)
    assert post.sent == []


def test_a_mail_sent_twice_bears_one_message_id_and_no_other_mail_bears_it(
    world: World, tmp_path: Path
) -> None:
    """The mail server took it, and the process was killed before it could note that."""
    folder = tmp_path / "post"
    ask_for_links(world, "anna", "doris")
    (first, second), (again, _) = world.letters, world.letters
    transport = FolderTransport(folder, "kraftakt@example.org")
    for mail in (first, second, again):
        transport.send(mail.mail)
    sent = [message_from_bytes(path.read_bytes()) for path in folder.iterdir()]
    ids = {str(mail["To"]): {str(m["Message-ID"]) for m in sent if m["To"] == mail["To"]} for mail in sent}
    assert {to: len(found) for to, found in ids.items()} == {"anna@example.org": 1, "doris@example.org": 1}
    assert ids["anna@example.org"] != ids["doris@example.org"]


def test_a_stop_while_a_mail_leaves_still_notes_that_it_left(world: World) -> None:
    ask_for_links(world, "anna", "doris")
    here, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        here.set()
        assert go_on.wait(30)

    post = Post(wait)

    async def stop() -> None:
        work = asyncio.create_task(delivery.deliver_forever(replace(world.services, transport=post)))
        await asyncio.to_thread(here.wait, 30)
        work.cancel()
        await asyncio.sleep(0)  # the cancellation arrives
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await work

    world.run(stop())
    assert post.recipients == ["anna@example.org"]
    assert [mail.recipient for mail in world.read(mails.list_waiting)] == ["doris@example.org"]
