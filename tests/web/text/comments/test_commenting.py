"""Threads over HTTP: who may say what, what comes back, and what is refused."""

from __future__ import annotations

from typing import Any

from server.actions.text import freezing
from server.domain.text.comments.threads import MAX_BODY, MAX_QUOTE
from tests.web.site import HOME, Site, Visitor
from tests.world import LAHR, OFFENBURG, SLUG

COMMENTS = f"{HOME}/comments"


def arrive(site: Site, name: str) -> Visitor:
    visitor = site.visitor(name)
    visitor.open(HOME)
    return visitor


def begin(visitor: Visitor, body: str = "Reicht das?", **more: object) -> dict[str, Any]:
    page = visitor.post_json(COMMENTS, **({"body": body, "quote": "Wir handeln gemeinsam."} | more))
    assert page.status == 200, page.source
    thread: dict[str, Any] = page.data
    return thread


def threads(visitor: Visitor, query: str = "") -> list[Any]:
    found: list[Any] = visitor.open(f"{COMMENTS}{query}").data["threads"]
    return found


def test_a_thread_is_there_for_whoever_comes_later(site: Site) -> None:
    began = begin(arrive(site, "anna"))
    (seen,) = threads(site.visitor("ben"))
    assert seen["key"] == began["key"]
    assert (seen["quote"], seen["resolved"], seen["mine"]) == ("Wir handeln gemeinsam.", None, False)
    (comment,) = seen["comments"]
    assert (comment["name"], comment["municipality"], comment["body"]) == ("Anna", "Offenburg", "Reicht das?")
    assert comment["own"] is False


def test_somebody_answers_and_somebody_resolves(site: Site) -> None:
    key = begin(arrive(site, "anna"))["key"]
    answered = arrive(site, "ben").post_json(f"{COMMENTS}/{key}", body="Ja.").data
    assert [each["body"] for each in answered["comments"]] == ["Reicht das?", "Ja."]
    resolved = arrive(site, "clara").post_json(f"{COMMENTS}/{key}/resolve").data
    assert resolved["resolvedBy"] == "Clara"
    anna = arrive(site, "anna")
    assert threads(anna) == []
    assert [each["key"] for each in threads(anna, "?state=resolved&at=999")] == [key]
    refused = anna.post_json(f"{COMMENTS}/{key}", body="Noch etwas.")
    assert (refused.status, refused.data["error"]["code"]) == (409, "thread_resolved")
    assert anna.post_json(f"{COMMENTS}/{key}/reopen").data["resolved"] is None


def test_what_has_changed_is_asked_for_by_stamp(site: Site) -> None:
    anna = arrive(site, "anna")
    first, second = begin(anna, "eins"), begin(anna, "zwei")
    newest = anna.open(COMMENTS).data["newest"]
    assert anna.open(f"{COMMENTS}?state=changed&at={newest}").data["threads"] == []
    anna.post_json(f"{COMMENTS}/{first['key']}/resolve")
    (changed,) = threads(anna, f"?state=changed&at={newest}")
    assert (changed["key"], bool(changed["resolved"])) == (first["key"], True)
    assert [each["key"] for each in threads(anna)] == [second["key"]]


def test_who_looks_on_from_outside_sees_nothing(site: Site) -> None:
    key = begin(arrive(site, "anna"))["key"]
    for path in (COMMENTS, f"{COMMENTS}/names", f"{COMMENTS}/{key}"):
        found = site.statuses(path, "anna ben clara doris emil frank nobody")
        assert [found[name] for name in ("anna", "ben", "clara", "doris", "emil", "frank")] == [
            *[200] * 3,
            403,
            403,
            404,
        ]


def test_only_its_author_changes_a_comment_and_the_coordination_removes_any(site: Site) -> None:
    anna, ben, clara = (arrive(site, name) for name in ("anna", "ben", "clara"))
    thread = begin(anna)
    at = f"{COMMENTS}/{thread['key']}/{thread['comments'][0]['id']}"
    assert ben.post_json(at, body="Nein.").status == clara.post_json(at, body="Nein.").status == 403
    changed = anna.post_json(at, body="Reicht das wirklich?").data["comments"][0]
    assert changed["body"] == "Reicht das wirklich?"
    assert changed["changed"]
    assert ben.post_json(f"{at}/remove").status == 403
    removed = clara.post_json(f"{at}/remove").data
    assert (removed["comments"][0]["body"], removed["comments"][0]["removed"]) == ("", True)
    assert removed["resolved"]
    assert anna.post_json(at, body="Doch.").status == 404


def test_while_the_mayors_sign_one_may_answer_but_not_begin(site: Site) -> None:
    anna = arrive(site, "anna")
    key = begin(anna)["key"]
    site.world.run(
        freezing.freeze_text(
            site.world.services, actor=site.world.person("clara"), slug=SLUG, proven_at=site.world.time
        )
    )
    assert anna.post_json(f"{COMMENTS}/{key}", body="Das klären wir noch.").status == 200
    assert anna.post_json(COMMENTS, body="Neu", quote="Wir").status == 409


def test_lengths_and_lists_are_bounded(site: Site) -> None:
    anna = arrive(site, "anna")
    assert len(begin(anna, quote="Wort " * 500)["quote"]) == MAX_QUOTE
    for wrong in (
        {"body": "x" * (MAX_BODY + 1)},
        {"body": " "},
        {"quote": ""},
        {"persons": list(range(40))},
        {"persons": ["1"]},
        {"persons": [True]},
        {"persons": [999_999]},
        {"municipalities": ["08317999"]},
        {"municipalities": ["' OR 1=1"]},
        {"suggestion": "a b"},
    ):
        page = anna.post_json(COMMENTS, **({"body": "Gut?", "quote": "Wir"} | wrong))
        assert (page.status, page.data["error"]["code"]) == (422, "invalid_input"), wrong
    assert anna.open(f"{COMMENTS}?at=-1").status == anna.open(f"{COMMENTS}?state=all").status == 422


def test_whoever_is_named_gets_a_mail_once(site: Site) -> None:
    ben = site.world.person("ben")
    thread = begin(
        arrive(site, "anna"), "@Ben und @Lahr: einverstanden?", persons=[ben.id], municipalities=[LAHR]
    )
    assert thread["comments"][0]["mentioned"] == ["Ben", "Lahr/Schwarzwald"]
    (mail,) = [mail for mail in site.mails if mail.recipient == "ben@example.org"]
    assert "Anna" in mail.subject
    assert f"{HOME}/edit#comment-{thread['key']}" in mail.body
    assert "Wir handeln gemeinsam." in mail.body
    (seen,) = threads(site.visitor("ben"))
    assert seen["mine"]


def test_the_coordination_records_what_a_municipality_said(site: Site) -> None:
    said = {"recordedFor": OFFENBURG, "channel": "telephone"}
    comment = begin(arrive(site, "clara"), **said)["comments"][0]
    assert (comment["name"], comment["recordedFor"], comment["channel"]) == (
        "Clara",
        "Offenburg",
        "telephone",
    )
    anna = arrive(site, "anna")
    assert anna.post_json(COMMENTS, body="Ja.", quote="Wir", **said).status == 403
    clara = arrive(site, "clara")
    wrong = clara.post_json(COMMENTS, body="Ja.", quote="Wir", recordedFor=OFFENBURG, channel="rauch")
    assert wrong.status == 422
    assert clara.open(f"{COMMENTS}/names").data["channels"][0]["label"] == "telefonisch"
    assert anna.open(f"{COMMENTS}/names").data["channels"] == []
