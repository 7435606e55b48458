from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from server.web.http.rate_limits import RateLimit
from tests.web.rights.build import Stage, Things, build, copied, seal, sign_in
from tests.web.rights.people import KINDS, VISITOR
from tests.web.rights.table import PHASES


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, Things]]:
    """The data before and after the seal, and what is in it."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    things = build(before)
    seal(copied(before, after))
    return before, after, things


@pytest.fixture(scope="module", params=PHASES)
def stage(
    request: pytest.FixtureRequest,
    templates: tuple[Path, Path, dict[str, Things]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Stage, str]]:
    """With the phase's letter. Nobody is slowed down."""
    before, after, things = templates
    letter: str = request.param
    folder = copied(before if letter in "DS" else after, tmp_path_factory.mktemp("phase"))
    stage = Stage(folder, things, PHASES[letter])
    sign_in(stage, tuple(name for name in KINDS if name != VISITOR))
    with patch.object(RateLimit, "take", lambda *_: None):
        yield stage, letter
    stage.world.close()
