"""Who opens the text and closes it again is noted, and nothing else of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest

from server.actions.text import visits as acts
from server.domain.room_rights import RoomRights
from server.domain.text.visits import TextVisit
from server.storage.text import visits
from server.sync.attestation import Member
from server.sync.room.connection import Connection
from server.sync.room.socket import EachOnItsOwn
from tests.world import World


class Silent(EachOnItsOwn):
    """Whoever is sent something here does not matter."""

    def send(self, frame: bytes) -> None: ...

    def send_all(self, frames: Sequence[bytes]) -> None: ...

    def close(self, code: int, reason: str) -> None: ...

    def cut(self) -> None: ...


@pytest.fixture(autouse=True)
def _rooms(world: World) -> Iterator[None]:
    with world.open_rooms():
        yield


def come_and_go(world: World, name: str) -> None:
    person = world.person(name)

    async def visit() -> None:
        connection = Connection(
            Silent(),
            Member(person.id, person.name),
            time.monotonic,
            world.services.rooms.limits,
            phase="drafting",
            rights=RoomRights(),
            own_client=True,
        )
        room = await world.services.rooms.join(world_text, connection, declaration_id=1)
        room.leave(connection)
        await acts.note_visits(world.services)

    world_text = world.text_id
    world.run(visit())


def visit_of(world: World, name: str) -> TextVisit | None:
    found: TextVisit | None = world.read(visits.load_visit, world.text_id, world.person(name).id)
    return found


def test_the_second_visit_knows_what_the_first_had_seen(world: World) -> None:
    come_and_go(world, "anna")
    first = visit_of(world, "anna")
    assert first is not None
    assert (first.seen_at, first.before) == (world.time, None)
    world.write("Neu. ")
    world.wait(hours=1)
    come_and_go(world, "anna")
    second = visit_of(world, "anna")
    assert second is not None
    assert (second.before, second.before_at) == (first.seen, first.seen_at)
    assert second.seen > first.seen
    assert visit_of(world, "clara") is None


def test_who_comes_back_at_once_goes_on_with_the_visit(world: World) -> None:
    come_and_go(world, "anna")
    world.write("Neu. ")
    world.wait(minutes=10)
    come_and_go(world, "anna")
    again = visit_of(world, "anna")
    assert again is not None
    assert again.before is None


def test_nothing_is_asked_of_the_database_where_nobody_came(world: World) -> None:
    world.run(acts.note_visits(world.services))
    assert visit_of(world, "anna") is None
