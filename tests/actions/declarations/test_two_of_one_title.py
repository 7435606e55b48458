"""Two people who create a declaration of one title at the same moment both get theirs, on either database."""

from __future__ import annotations

import asyncio
from pathlib import Path

from server.actions.declarations.create import EmptyText, NewDeclaration, create_declaration
from server.actions.people.creators import allow_creating
from tests.world import World

ROUNDS = 10


def test_each_gets_an_address_of_its_own(database_url: str, tmp_path: Path) -> None:
    world = World(tmp_path, database_url)
    services = [world.services, world.more_services(), world.more_services()]
    world.run(allow_creating(world.services, email="clara@example.org", name="Clara"))
    clara = world.person("clara")

    async def at_once(title: str) -> list[str]:
        new = NewDeclaration(title, "Region", None, None, EmptyText())
        return await asyncio.gather(*(create_declaration(one, actor=clara, new=new) for one in services))

    try:
        for number in range(ROUNDS):
            slugs = world.run(at_once(f"Runde {number}"))
            assert len(set(slugs)) == len(services), slugs
    finally:
        for one in services[1:]:
            world.run(one.close())
        world.close()
