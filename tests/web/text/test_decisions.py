"""What is decided about suggestions is on record: who, when, what, and when it was taken back."""

from __future__ import annotations

from server.domain.text.suggestions import decisions as bounds
from server.domain.text.suggestions.decisions import Decision, Verdict
from server.storage.text.decisions import append_decisions, read_decisions
from tests.web.site import HOME, Site

PAGE = f"{HOME}/decisions"
REJECTED = {
    "suggestion": "x-1",
    "verdict": "rejected",
    "person": 0,
    "municipality": "Lahr",
    "words": "Streichen: alt",
}


def tell(site: Site, name: str, *decisions: object) -> int:
    visitor = site.visitor(name)
    visitor.open(HOME)
    return visitor.post_json(PAGE, decisions=list(decisions)).status


def test_a_decision_and_its_end_are_listed_with_who_and_when(site: Site) -> None:
    assert tell(site, "anna", REJECTED) == 204
    assert tell(site, "clara", REJECTED | {"verdict": "reopened"}) == 204
    page = site.visitor("ben").open(PAGE)
    assert "Streichen: alt" in page.text
    assert page.text.index("zurückgenommen, wieder offen") < page.text.index("abgelehnt Streichen")
    assert "Vorschlag von Lahr" in page.text
    assert "Anna am" in page.text
    assert site.world.tags.count("declaration:suggestions:decide") == 2


def test_who_may_only_suggest_takes_back_what_is_their_own(site: Site) -> None:
    own = REJECTED | {"person": site.world.person("ben").id}
    assert tell(site, "ben", own) == 204
    assert tell(site, "ben", own | {"verdict": "accepted"}) == 403
    assert tell(site, "ben", own, REJECTED) == 403
    assert tell(site, "emil", REJECTED) == 403


def test_what_has_another_shape_is_refused(site: Site) -> None:
    for wrong in (
        {},
        REJECTED | {"verdict": "perhaps"},
        REJECTED | {"words": "x" * (bounds.MAX_WORDS + 1)},
        REJECTED | {"person": "-1"},
        "accepted",
    ):
        assert tell(site, "anna", wrong) == 422, wrong
    assert tell(site, "anna") == 422
    assert tell(site, "anna", *[REJECTED] * (bounds.MOST_AT_ONCE + 1)) == 422


def test_the_oldest_go_when_there_are_too_many(site: Site) -> None:
    world, anna = site.world, site.world.person("anna")
    many = [Decision(f"x-{n}", Verdict.ACCEPTED, 0, "", "") for n in range(bounds.MOST_KEPT + 3)]
    site.write(append_decisions, world.text_id, many, anna.id, world.time)
    kept = world.ask(read_decisions, world.text_id, bounds.MOST_KEPT + 10)
    assert len(kept) == bounds.MOST_KEPT
    assert (kept[0].decision.suggestion, kept[-1].decision.suggestion) == (f"x-{bounds.MOST_KEPT + 2}", "x-3")
