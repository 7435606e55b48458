"""A mandate counts in the declaration it was given in: nothing of it shows or changes in another."""

from __future__ import annotations

from server.actions.declarations.start import Start, start_declaration
from server.storage.people.mandates import read_held
from tests.web.people.municipalities.test_mandates import DEPUTY
from tests.web.site import HOME, Site
from tests.world import BLOCKS, INVITEES, OFFENBURG

OTHER = "/declarations/zweite"


def test_a_mandate_ends_in_its_own_declaration_only(site: Site) -> None:
    world = site.world
    start = Start("zweite", "Zweite", "Städte und Gemeinden", None, None, BLOCKS, INVITEES)
    world.run(start_declaration(world.services, start=start))
    world.wait(hours=1)
    (here,), (there,) = (world.ask(read_held, number, OFFENBURG) for number in (1, 2))
    assert here.mandate.id != there.mandate.id
    clara = site.visitor("clara")
    clara.open(f"{HOME}/municipalities/{OFFENBURG}")
    for mandate, home in ((there, HOME), (here, OTHER)):
        path = f"{home}/municipalities/{OFFENBURG}/mandates/{mandate.mandate.id}"
        assert clara.open(path).status == 404
        assert clara.send(path, **DEPUTY).status == 404
        assert clara.send(f"{path}/end").status == 404
    end = f"{HOME}/municipalities/{OFFENBURG}/mandates/{here.mandate.id}/end"
    assert clara.send(end, reason="Ruhestand").status == 303
    assert "Das Amt ist unbesetzt" in clara.open(f"{HOME}/municipalities/{OFFENBURG}").text
    assert "Das Amt ist unbesetzt" not in clara.open(f"{OTHER}/municipalities/{OFFENBURG}").text
    assert [one.mandate.until for one in world.ask(read_held, 2, OFFENBURG)] == [None]
