from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from server.storage.people import persons, sessions
from tests.conftest import ON_POSTGRES
from tests.web.house import House, build_house
from tests.web.site import Site
from tests.world import World


@pytest.fixture(scope="session")
def shared_world(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[World]:
    """For tests that change nothing in it. Clara's session token is `clara`; everybody else is signed out."""
    url = request.getfixturevalue("postgres").new_database() if ON_POSTGRES else None
    world = World(tmp_path_factory.mktemp("shared"), url)
    world.run(_sign_in(world))
    yield world
    world.close()


async def _sign_in(world: World) -> None:
    async with world.services.database.write() as db:
        clara = await persons.find_by_email(db, "clara@example.org")
        assert clara is not None
        await sessions.append_session(db, "clara", clara.id, world.time, world.time + timedelta(days=1))


@pytest.fixture
def house(shared_world: World, tmp_path: Path) -> House:
    return build_house(shared_world, tmp_path)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a world as it begins, with the site's guests: copied, it is there in no time."""
    folder = tmp_path_factory.mktemp("begun")
    world = World(folder)
    Site.with_guests(world)
    world.close()
    return folder


@pytest.fixture
def site(begun: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    if ON_POSTGRES:
        site = Site.with_guests(World(tmp_path, request.getfixturevalue("postgres").new_database()))
    else:
        shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
        site = Site(World(tmp_path))
    yield site
    site.close()
