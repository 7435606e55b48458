"""The log's times never run backwards, whatever the clock does."""

from __future__ import annotations

from itertools import pairwise

from server.actions.people import accounts
from server.storage.record import audit
from tests.world import World


def test_after_the_clock_was_set_back_no_entry_is_older_than_the_one_before(world: World) -> None:
    for minutes in (0, -30, 10, 40):
        world.wait(minutes=minutes)
        world.run(accounts.issue_login_link(world.services, email="anna@example.org"))
    times = [event.at for event in world.read(audit.list_events, "")]
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert times[-1] == world.time
