"""Webhooks and yearly reports on PostgreSQL, whatever database the other tests use: of many messages each
leaves once, though several processes look for them at the same moment."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from server.actions.notices.report_reminders import remind_of_report
from server.actions.release.reporting import publish_report, save_report
from server.actions.webhooks import subscribing
from server.actions.webhooks.client import WebhookClient
from server.actions.webhooks.delivery import deliver_due
from server.domain.release.reports import NobodyToRemind, Progress, ReportEntry, commitments_of
from server.storage.declarations.declarations import load_declaration
from server.storage.release.reports import read_editions
from tests.actions.webhooks.test_webhooks import Receiver, add, receiver
from tests.web.release.test_release_gate import HOUR, set_hour
from tests.world import LAHR, OFFENBURG, SLUG, World

__all__ = ["receiver"]
MESSAGES = 40


@pytest.fixture
def on_postgres(on_postgres: World) -> World:
    services = on_postgres.services
    on_postgres.services = replace(services, webhook_client=WebhookClient(allow_private=True))
    return on_postgres


def test_of_many_messages_each_leaves_once_from_one_of_three_processes(
    on_postgres: World, receiver: Receiver
) -> None:
    world = on_postgres
    add(world, receiver.address)
    clara = world.person("clara")
    for _ in range(MESSAGES):
        world.run(subscribing.send_test(world.services, actor=clara, slug=SLUG, webhook_id=1))
    sent_before = len(receiver.taken)
    near = WebhookClient(allow_private=True)
    others = [replace(world.more_services(), webhook_client=near) for _ in range(2)]
    processes = [world.services, *others]
    assert len({each.process for each in processes}) == len(processes)

    async def all_at_once() -> list[int]:
        try:
            return await asyncio.gather(*(deliver_due(each) for each in processes for _ in range(2)))
        finally:
            await asyncio.gather(*(each.close() for each in others))

    counts = world.run(all_at_once())
    taken = Counter(headers["webhook-id"] for headers, _ in receiver.taken[sent_before:])
    assert len(taken) == MESSAGES
    assert set(taken.values()) == {1}
    assert sum(counts) == MESSAGES
    assert 0 < sum(counts[:2]) < MESSAGES


def test_a_yearly_report_is_filled_in_asked_for_and_published(on_postgres: World) -> None:
    world = on_postgres
    world.freeze()
    for name in ("doris", "gustav"):
        world.sign_with_passkey(name)
    set_hour(world, HOUR)
    world.seal()
    world.time = HOUR + timedelta(days=20)
    clause = commitments_of(world.revision.text)[0].number
    entries = [ReportEntry(OFFENBURG, clause, Progress.DONE, "Seit Mai.")]
    world.run(
        save_report(
            world.services, actor=world.person("anna"), slug=SLUG, year=2026, ags=OFFENBURG, entries=entries
        )
    )
    clara = world.person("clara")
    assert world.run(remind_of_report(world.services, actor=clara, slug=SLUG, year=2026)) == 1
    [asked] = [one for one in world.letters if "Stand der Umsetzung" in one.subject]
    assert asked.recipient == "gustav@example.org"  # Lahr has no office here
    assert f"town={LAHR}" in asked.body
    with pytest.raises(NobodyToRemind):
        world.run(remind_of_report(world.services, actor=clara, slug=SLUG, year=2026))
    assert world.run(publish_report(world.services, actor=clara, slug=SLUG, year=2026)) == 1
    [edition] = world.ask(read_editions, world.read(load_declaration, SLUG).id)
    assert edition.entries == tuple(entries)
