"""Every route for everybody in every phase, compared with the table."""

from __future__ import annotations

import pytest

from server.app import create_app
from server.web.routes import create_routes
from tests.web.rights import table
from tests.web.rights.build import Stage
from tests.web.rights.calls import ALLOWED, ask
from tests.web.rights.extent import only_if_asked
from tests.web.rights.people import ELSEWHERE, HERE, KINDS, TWIN
from tests.web.rights.requests import KEYS, REACHED, request_for


def expected(key: str, name: str, letter: str, slug: str) -> frozenset[int]:
    kind, rule = KINDS[name], table.HERE_RULES[key]
    if kind == "visitor":
        return frozenset({401})
    if kind == "none" or slug == ELSEWHERE:
        return frozenset({404})
    if rule.allows(name, letter):
        return frozenset({REACHED[key]}) if key in REACHED else ALLOWED
    return rule.refusals(name)


async def _holes(stage: Stage, letter: str, slug: str) -> tuple[int, list[str]]:
    app, base = create_app(stage.world.settings, stage.world.services), stage.world.settings.base_url
    holes, asked = [], 0
    for key in KEYS:
        for name in KINDS:
            came = await ask(app, base, name, request_for(key, name, stage.things[slug]))
            asked += 1
            if came.word not in expected(key, name, letter, slug):
                holes.append(f"{key} · {name} · {letter} · {slug}: {came.word}")
    return asked, holes


@pytest.mark.parametrize("slug", [HERE, TWIN, ELSEWHERE])
def test_everybody_gets_what_the_table_says(stage: tuple[Stage, str], slug: str) -> None:
    there, letter = stage
    only_if_asked(slug, letter)
    asked, holes = there.world.run(_holes(there, letter, slug))
    assert asked == len(KEYS) * len(KINDS)
    assert not holes, "\n".join(holes)


def test_the_table_has_every_route() -> None:
    routes = {f"{method} {route.path}" for route in create_routes() for method in route.methods - {"HEAD"}}
    named = {" ".join(key.split()[:2]) for key in KEYS}
    assert routes == named | table.SIGNED_IN | table.CREATORS | table.BY_SECRET | table.PUBLIC
