"""The sealed PDF and its HTML edition: before the hour for those whose document it is, and on record."""

from __future__ import annotations

import hashlib

import pytest

from server.domain.audit import Tag
from server.storage.declarations.declarations import load_declaration
from server.storage.record import audit
from server.storage.release import hours
from tests.web.site import HOME, Site
from tests.world import SLUG

FINAL = f"{HOME}/final.pdf"
EDITION = f"{HOME}/final.html"
PEOPLE = "clara anna ben doris emil frank nobody"


@pytest.mark.parametrize("page", [FINAL, EDITION])
def test_before_the_seal_there_is_none(site: Site, page: str) -> None:
    site.world.freeze()
    assert site.statuses(page, PEOPLE) == dict.fromkeys(("clara", "anna", "ben", "doris", "emil"), 409) | {
        "frank": 404,
        "nobody": 303,
    }


def test_those_whose_document_it_is_download_it_and_it_is_on_record(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    final = site.world.seal()
    for place, name in enumerate(("clara", "anna", "ben", "doris"), 1):
        answer = site.visitor(name).open(FINAL)
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == 'attachment; filename="erklaerung.pdf"'
        assert int(answer.headers["content-length"]) == len(final.pdf)
        assert site.world.tags.count("document:final:download") == place
    assert site.statuses(FINAL, "frank nobody") == {"frank": 404, "nobody": 303}


def test_the_edition_is_shown_to_the_same_people_under_a_policy_without_script(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    final = site.world.seal()
    for place, name in enumerate(("clara", "anna", "ben", "doris"), 1):
        answer = site.visitor(name).open(EDITION)
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-disposition"] == 'inline; filename="erklaerung.html"'
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
        assert "script-src" not in answer.headers["content-security-policy"]
        assert answer.source.encode() == final.html
        assert site.world.tags.count("document:final:download") == place
    assert site.statuses(EDITION, "emil frank nobody") == {"emil": 409, "frank": 404, "nobody": 303}


def test_the_editions_digest_is_in_the_log_and_under_the_code(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    final = site.world.seal()
    digest = hashlib.sha256(final.html).hexdigest()
    assert final.html_digest == digest
    events = site.world.read(audit.list_events, SLUG)
    [sealed] = [event for event in events if event.tag is Tag.DOCUMENT_SEAL]
    assert sealed.facts["html_sha256"] == digest
    site.write(hours.set_hour, site.world.read(load_declaration, SLUG), site.world.time)
    assert digest in site.visitor().open(f"/v/{final.short_code}").text.replace(" ", "")


def test_the_overview_leads_to_the_edition(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.seal()
    assert f'href="{EDITION}"' in site.visitor("doris").open(HOME).source
    assert f'href="{EDITION}"' not in site.visitor("emil").open(HOME).source
