"""What belongs to another declaration cannot be named in this one, by whoever may do the same here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from server.app import create_app
from tests.web.rights.build import Stage, Things
from tests.web.rights.calls import Call, ask
from tests.web.rights.people import ELSEWHERE, HERE, KINDS, TWIN
from tests.web.rights.requests import KEYS, request_for
from tests.web.rights.table import HERE_RULES

NAMED = tuple({field.name for field in fields(Things)} - {"slug", "at"})
LEAD = "clara"
"""She leads both declarations in which she is."""


def mixed(here: Things, foreign: Things) -> Iterator[tuple[str, Things]]:
    """This declaration's things, but for one kind."""
    for name in NAMED:
        yield name, replace(here, **{name: getattr(foreign, name)})


def swapped(key: str, who: str, here: Things, foreign: Things) -> list[tuple[str, Call]]:
    """The requests that name something of the other."""
    plain = request_for(key, who, here)
    calls = [(name, request_for(key, who, things)) for name, things in mixed(here, foreign)]
    return [(name, call) for name, call in calls if call != plain]


def askers(key: str, letter: str) -> list[str]:
    """Who may here and now; where the table has nobody at all, who leads both."""
    allowed = [name for name in KINDS if HERE_RULES[key].allows(name, letter)]
    return allowed if HERE_RULES[key].phases else [LEAD]


async def _open_doors(stage: Stage, letter: str, slug: str) -> tuple[set[str], list[str]]:
    app, base = create_app(stage.world.settings, stage.world.services), stage.world.settings.base_url
    here, foreign = stage.things[HERE], stage.things[slug]
    asked, doors = set[str](), []
    for key in KEYS:
        for who in askers(key, letter):
            for name, call in swapped(key, who, here, foreign):
                asked.add(key)
                came = await ask(app, base, who, call)
                is_unknown = came.location == f"/declarations/{HERE}/sign"  # as for a challenge made up
                if came.word not in (403, 404, 409, 410, 422) and not is_unknown:
                    doors.append(f"{key} · {who} · {letter} · {name} of {slug}: {came.word}")
    return asked, doors


@pytest.mark.parametrize("slug", [TWIN, ELSEWHERE])
def test_nothing_of_another_declaration_is_taken(stage: tuple[Stage, str], slug: str) -> None:
    there, letter = stage
    asked, doors = there.world.run(_open_doors(there, letter, slug))
    assert not doors, "\n".join(doors)
    by_number = {key for key in KEYS if re.search(r":int}|{record}|{challenge}", key) and askers(key, letter)}
    assert by_number <= asked, f"nothing foreign was named in {by_number - asked}"
