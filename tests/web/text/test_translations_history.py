"""A translation has the pages that the original has: what was fixed and kept, compared, restored, decided."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pycrdt import Text

from server.actions.text import checkpoints as acts
from server.storage.record import audit
from server.storage.text import checkpoints, update_log
from server.sync.projection import load_doc
from tests.web.site import HOME, Site
from tests.web.text.test_translations import (
    FR,
    NETWORKS,
    append_update,
    begin,
    change,
    fix,
    text_id,
)
from tests.world import SLUG, World

GERMAN = "Wir bauen Netze aus."


@pytest.fixture(autouse=True)
def _rooms(site: Site) -> Iterator[None]:
    with site.world.open_rooms():
        yield


def present(world: World) -> str:
    return str(load_doc(world.read(update_log.load_updates, text_id(world))).get("text", type=Text))


def write(world: World, old: str, new: str) -> None:
    number = text_id(world)
    world.run(append_update(world, number, change(world, number, old, new)))


def test_a_translation_is_kept_compared_and_restored_as_the_original_is(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    assert site.visitor("doris").open(f"{FR}/versions").status == 404, "nothing is fixed yet"
    world.run(acts.keep_hourly(world.services))
    [begun] = world.read(checkpoints.list_heads, text_id(world))
    write(world, GERMAN, NETWORKS)
    assert fix(site) == 303

    listed = site.visitor("anna").open(f"{FR}/versions")
    assert "Arbeitsstand" in listed.text
    assert "Übersetzt Fassung 1." in listed.text
    assert f"{FR}/versions/{begun.id}" in listed.source
    assert "versions/restore" not in listed.source, "that is the coordination's"
    mayor = site.visitor("doris")
    assert "Zwischenstand" not in mayor.open(f"{FR}/versions").text.replace(
        "Fassungen und Zwischenstände", ""
    )
    assert NETWORKS in mayor.open(f"{FR}/revisions/1").text
    assert mayor.open(f"{FR}/versions/{begun.id}").status == 403
    assert mayor.open(f"{FR}/compare?old=c{begun.id}&new=r1").status == 403
    assert site.visitor("ben").open(f"{HOME}/versions/{begun.id}").status == 404, "of another text"

    beside = site.visitor("anna").open(FR).source
    assert beside.count('aria-labelledby="beside"') == 1, "a landmark has a name of its own"
    clara = site.visitor("clara")
    kept = clara.open(f"{FR}/versions/{begun.id}")
    assert GERMAN in kept.text
    assert '<article class="k-text" lang="fr">' in kept.source
    compared = clara.open(f"{FR}/compare?old=c{begun.id}&new=now&who=1")
    assert f'action="{FR}/versions/restore"' in compared.source
    assert 'k-text" lang="fr">' in compared.source
    clara.open(f"{FR}/versions")
    restored = clara.send(f"{FR}/versions/restore", version=f"c{begun.id}")
    assert restored.location == f"{FR}/versions?done=brought_back"
    assert GERMAN in present(world)
    assert NETWORKS not in present(world)
    event = world.read(audit.list_events, SLUG)[-1]
    assert event.facts == {"checkpoint": begun.id, "language": "fr"}
    assert NETWORKS in site.visitor("anna").open(f"{FR}/revisions/1").text, "what is fixed stays"
    back = world.read(checkpoints.list_heads, text_id(world))[0]
    assert NETWORKS in clara.open(f"{FR}/versions/{back.id}").text, "the text before is kept"


def test_a_state_gets_its_name_and_a_passage_is_taken_out_while_the_mayors_sign(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    anna = site.visitor("anna")
    anna.open(f"{FR}/versions")
    assert anna.send(f"{FR}/versions", name="Erste Runde").location == f"{FR}/versions?done=kept"
    assert "Erste Runde" in anna.open(f"{FR}/versions").text
    [head] = world.read(checkpoints.list_heads, text_id(world))
    assert world.read(checkpoints.list_heads, world.text_id) == [], "the original is left alone"
    write(world, GERMAN, NETWORKS)
    clara = site.visitor("clara")
    chosen = clara.open(f"{FR}/versions/{head.id}/scrub")
    option = re.search(rf'value="(\d+)"[^>]*>[^<]*{GERMAN}', chosen.source)
    assert option
    done = clara.send(f"{FR}/versions/{head.id}/scrub", block=option[1])
    assert done.location == f"{FR}/versions/{head.id}?scrubbed=1"
    assert GERMAN not in clara.open(f"{FR}/versions/{head.id}").text
    assert world.read(audit.list_events, SLUG)[-1].facts["language"] == "fr"


def test_what_was_decided_in_a_translation_has_its_own_page(site: Site) -> None:
    world = site.world
    world.freeze()
    begin(site)
    anna = site.visitor("anna")
    anna.open(HOME)
    decision = {
        "suggestion": "b-1",
        "verdict": "rejected",
        "person": 0,
        "municipality": "Lahr",
        "words": "Ensemble",
    }
    assert anna.post_json(f"{FR}/decisions", decisions=[decision]).status == 204
    page = site.visitor("ben").open(f"{FR}/decisions")
    assert '<span lang="fr">Ensemble</span>' in page.source
    assert "Ensemble" not in site.visitor("ben").open(f"{HOME}/decisions").text
    assert site.visitor("doris").open(f"{FR}/decisions").status == 403
    ways = site.visitor("anna").open(f"{FR}/edit").source
    for way in ("versions", "decisions", "authorship"):
        assert f'href="{FR}/{way}"' in ways
        assert f'href="{FR}/{way}"' in site.visitor("anna").open(FR).source
