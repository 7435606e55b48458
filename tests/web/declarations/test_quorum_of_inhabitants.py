"""A quorum by inhabitants: offered where the register has the figures, and measured with them."""

from __future__ import annotations

from sqlalchemy import update

from server.domain.permissions import can_see
from server.storage.declarations.access import read_access
from server.storage.tables.people import MunicipalityRow
from server.web.declarations.quorum import read_standing
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG, SLUG

RULE = {"rule-inhabitants": "on", "inhabitants": "1/2", "share": "2/3"}


def count(site: Site, **inhabitants: int | None) -> None:
    async def note(db, ags: str, number: int | None) -> None:  # type: ignore[no-untyped-def]
        await db.execute(update(MunicipalityRow).where(MunicipalityRow.ags == ags).values(inhabitants=number))

    for ags, number in {OFFENBURG: inhabitants["offenburg"], LAHR: inhabitants["lahr"]}.items():
        site.write(note, ags, number)


def test_the_rule_is_offered_only_where_the_register_has_the_figures(site: Site) -> None:
    clara = site.visitor("clara")
    count(site, offenburg=61_000, lahr=None)
    page = clara.open(f"{HOME}/settings/quorum")
    assert "rule-inhabitants" not in page.source
    assert "sobald das Register die Zahlen" in page.text
    assert clara.send(f"{HOME}/settings/quorum", **RULE).status == 422
    count(site, offenburg=61_000, lahr=48_000)
    assert "rule-inhabitants" in clara.open(f"{HOME}/settings/quorum").source
    assert clara.send(f"{HOME}/settings/quorum", **RULE).status == 303


def test_it_is_measured_with_the_figures(site: Site) -> None:
    clara = site.visitor("clara")
    count(site, offenburg=61_000, lahr=48_000)
    clara.open(f"{HOME}/settings/quorum")
    assert clara.send(f"{HOME}/settings/quorum", **RULE).status == 303
    world = site.world
    world.freeze()

    def reached() -> bool:
        person, now = world.person("clara"), world.time
        return bool(
            world.ask(lambda db: read_standing(db, read_access(db, person, SLUG, can_see, now), now)).reached
        )

    assert not reached()
    world.confirm("gustav", *world.send_code("gustav"))
    assert not reached()
    assert "6500" in clara.open(f"{HOME}/seal").text
    world.confirm("doris", *world.send_code("doris"))
    assert reached()
    world.seal()
    assert world.phase == "sealed"
