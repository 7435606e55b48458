"""The sealed PDF: for all who take part, and every download is on record."""

from __future__ import annotations

from tests.web.site import HOME, Site

FINAL = f"{HOME}/final.pdf"
PEOPLE = "clara anna ben doris emil frank nobody"


def test_before_the_seal_there_is_none(site: Site) -> None:
    site.world.freeze()
    assert site.statuses(FINAL, PEOPLE) == dict.fromkeys(("clara", "anna", "ben", "doris", "emil"), 409) | {
        "frank": 404,
        "nobody": 303,
    }


def test_all_who_take_part_download_it_and_it_is_on_record(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    final = site.world.seal()
    for place, name in enumerate(("clara", "anna", "ben", "doris", "emil"), 1):
        answer = site.visitor(name).open(FINAL)
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == 'attachment; filename="erklaerung.pdf"'
        assert int(answer.headers["content-length"]) == len(final.pdf)
        assert site.world.tags.count("document:final:download") == place
    assert site.statuses(FINAL, "frank nobody") == {"frank": 404, "nobody": 303}
