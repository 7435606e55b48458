"""Help for each role, who may do what as the rights themselves say, and the list of shortcuts."""

from __future__ import annotations

import re

import pytest

from server.domain import permissions
from server.domain.declarations import Phase
from server.domain.people.roles import Role
from server.web.help.guides import GUIDES, guides_for
from server.web.help.rights import LABELS, PARTS, all_rights, rights_of
from server.web.help.shortcuts import SHORTCUTS
from tests.story.service import ROOT
from tests.web.site import Site


@pytest.mark.parametrize("role", Role)
def test_every_role_has_one_guide(role: Role) -> None:
    assert len(guides_for([role])) == 1


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_a_guide_is_one_screen_for_anybody_in_both_languages(site: Site, guide: object) -> None:
    key = guide.key  # type: ignore[attr-defined]
    german, english = (site.visitor().open(f"/help/{key}", Accept_Language=tag) for tag in ("de", "en"))
    assert german.status == english.status == 200
    assert german.heading != english.heading
    assert len(german.text.split()) < 400


def test_the_footer_of_every_page_leads_to_the_help(site: Site) -> None:
    assert '<a href="/help">Hilfe</a>' in site.visitor().open("/").source
    page = site.visitor().open("/help")
    assert {f"/help/{guide.key}" for guide in GUIDES} <= set(page.links)


def test_each_guide_has_a_picture_that_says_what_it_shows(site: Site) -> None:
    for guide in GUIDES:
        source = site.visitor().open(f"/help/{guide.key}").source
        found = re.search(rf'<img [^>]*src="/static/help/{guide.key}\.jpg[^"]*" alt="([^"]+)"', source)
        assert found is not None, guide.key
        assert (ROOT / "client" / "help" / f"{guide.key}.jpg").stat().st_size < 100_000


def test_no_other_guide_is_there(site: Site) -> None:
    assert site.visitor().open("/help/nobody").status == 404


def test_the_table_says_what_the_rights_say(site: Site) -> None:
    by_label = {right.label: right.phases for right in all_rights()}
    assert by_label["seal the declaration"] == {
        role: (Phase.SIGNING,) if role is Role.COORDINATOR else () for role in Role
    }
    assert by_label["answer for a municipality"][Role.SIGNATORY] == (Phase.SIGNING,)
    assert by_label["read revisions"][Role.PRESS] == (Phase.SEALED, Phase.PUBLISHED)
    page = site.visitor().open("/help/rights")
    assert "die Erklärung ausfertigen Mitzeichnung" in page.text
    assert "download the final document" in dict(rights_of([Role.PRESS]))


def test_every_right_of_the_code_has_a_row_or_goes_with_one_that_has() -> None:
    rights = {name for name in vars(permissions) if name.startswith("can_")}
    assert set(LABELS) | set(PARTS) == rights
    assert not set(LABELS) & set(PARTS)
    assert set(PARTS.values()) <= set(LABELS)
    assert len(all_rights()) == len(LABELS)
    assert all(any(right.phases.values()) for right in all_rights()), "a row that nobody ever has"


def test_the_list_names_every_key_that_the_client_binds_and_no_other() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "client" / "src").rglob("*.ts"))
    bound = {_ordered(keys) for keys in re.findall(r'"((?:(?:Mod|Alt|Shift)-)+\w+)"', sources)} | {"Tab", "?"}
    bound -= {"Mod-Backspace", "Shift-Backspace"}  # as without Mod and Shift
    listed = [key for each in SHORTCUTS for key in (each.keys, *each.also, *each.goes_with)]
    assert sorted(listed) == sorted(bound)


def _ordered(keys: str) -> str:
    *held, key = keys.split("-")
    return "-".join((*sorted(held, key=["Mod", "Shift", "Alt"].index), key))


def test_the_list_of_shortcuts_is_a_page_too(site: Site) -> None:
    page = site.visitor().open("/help/shortcuts")
    assert "Strg B fett" in page.text
