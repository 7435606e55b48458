"""Proposals are prepared unseen, shared in one act, and put off for the next round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from server.actions.record.erasure import erase_own
from server.actions.record.own_data import export_own_data
from server.actions.record.retention import apply_retention
from server.actions.text.branches import preparing, sharing
from server.actions.text.deciding import record_decisions
from server.domain.errors import NotAllowed, NotFound, WrongPhase
from server.domain.text.branches.branches import KEPT_FOR, BranchState
from server.domain.text.branches.errors import BranchTangled, NothingToShare
from server.domain.text.errors import OpenSuggestions
from server.domain.text.suggestions.decisions import Decision, Verdict
from server.domain.text.update_log import Writer
from server.storage.record import audit
from server.storage.text import branches
from tests.branches import append, begin, blocks_of, propose, updates_of, words_of
from tests.world import OFFENBURG, SLUG, World


@pytest.fixture
def world(tmp_path: Path, database_url: str) -> Iterator[World]:
    world = World(tmp_path, database_url)
    yield world
    world.close()


def share(world: World, branch: int, name: str = "anna", note: str = "Bitte bald") -> int:
    actor = world.person(name)
    return world.run(
        sharing.share_branch(world.services, actor=actor, slug=SLUG, branch_id=branch, note=note)
    )


def put_off(world: World, branch: int, *, off: bool = True, name: str = "clara") -> None:
    actor = world.person(name)
    world.run(sharing.put_off_batch(world.services, actor=actor, slug=SLUG, branch_id=branch, off=off))


def state(world: World, branch: int) -> BranchState:
    found = world.read(branches.load_branch, 1, branch)
    return BranchState(found.state)


def test_what_is_prepared_is_unseen_until_it_is_shared_and_nothing_is_lost(world: World) -> None:
    branch = begin(world)
    before = blocks_of(world)
    propose(world, branch, "Gemeinsam. ")
    propose(world, branch, "entschlossen", instead="gemeinsam")
    assert blocks_of(world) == before, "unseen"
    world.write("Heute: ")
    seen = blocks_of(world, branch)
    assert words_of(world, branch).count("Heute: ") == 1, "what others write is there"

    assert share(world, branch) == 2
    assert blocks_of(world) == seen
    assert updates_of(world, branch) == ()
    entry = world.read(audit.list_events, SLUG)[-1]
    assert entry.tag.value == "declaration:branch:share"
    assert set(entry.facts) == {"branch", "proposals", "sha256"}, "no word of it"
    writers = world.run(world.services.update_log.load(world.text_id)).writers
    assert [(each.client, each.person, each.ags) for each in writers] == [
        (7_001, world.person("anna").id, OFFENBURG)
    ]
    with pytest.raises(NotFound):
        share(world, branch)


def test_what_was_taken_back_before_sharing_never_comes_into_the_original(world: World) -> None:
    branch = begin(world)
    propose(world, branch, "Vertraulich. ")
    doc: Doc[Text] = Doc(client_id=7_001)
    for update in (*updates_of(world, world.text_id), *updates_of(world, branch)):
        doc.apply_update(update)
    at = doc.get_state()
    del doc.get("text", type=Text)[0 : len("Vertraulich. ")]
    append(world, branch, doc.get_update(at), Writer(7_001, world.person("anna").id, OFFENBURG, world.time))
    with pytest.raises(NothingToShare):
        share(world, branch)
    propose(world, branch, "Offen. ")
    assert share(world, branch) == 1
    assert b"Vertraulich" not in b"".join(updates_of(world, world.text_id))


def test_an_office_prepares_together_and_nobody_else_reaches_it(world: World) -> None:
    own, office = begin(world), begin(world, office=True)
    with pytest.raises(NotAllowed):
        begin(world, "clara", office=True)
    for branch in (own, office):
        propose(world, branch, "Neu. ", client=branch)
        with pytest.raises(NotFound):
            share(world, branch, "clara")
        with pytest.raises(NotFound):
            world.run(
                preparing.discard_branch(
                    world.services, actor=world.person("clara"), slug=SLUG, branch_id=branch
                )
            )


def test_while_the_text_is_fixed_a_draft_waits_and_is_shared_afterwards(world: World) -> None:
    branch = begin(world)
    propose(world, branch, "Neu. ")
    world.freeze()
    with pytest.raises(WrongPhase):
        share(world, branch)
    world.reopen()
    assert share(world, branch) == 1


def test_what_is_put_off_does_not_stand_against_fixing_the_text_and_comes_back(world: World) -> None:
    plain = blocks_of(world)
    branch = begin(world)
    propose(world, branch, "entschlossen", instead="gemeinsam")
    propose(world, branch, "Erster Satz.\n")
    share(world, branch)
    with pytest.raises(OpenSuggestions):
        world.freeze()
    with pytest.raises(NotAllowed):
        put_off(world, branch, name="anna")
    put_off(world, branch)
    put_off(world, branch)
    assert world.tags[-1] == "declaration:batch:put_off"
    text = world.freeze().text
    assert ["".join(run.text for run in block.runs) for block in text.blocks] == [
        "".join(run["t"] for run in block["runs"]) for block in plain
    ]
    world.reopen()
    put_off(world, branch, off=False)
    assert state(world, branch) is BranchState.SHARED
    with pytest.raises(OpenSuggestions):
        world.freeze()


def test_a_discarded_draft_can_be_brought_back_for_some_time(world: World) -> None:
    branch = begin(world)
    propose(world, branch, "Neu. ")
    anna = {"actor": world.person("anna"), "slug": SLUG, "branch_id": branch}
    world.run(preparing.discard_branch(world.services, **anna))
    with pytest.raises(NotFound):
        share(world, branch)
    world.run(preparing.restore_branch(world.services, **anna))
    assert share(world, branch) == 1
    other = begin(world)
    anna["branch_id"] = other
    world.run(preparing.discard_branch(world.services, **anna))
    world.wait(seconds=KEPT_FOR.total_seconds())
    with pytest.raises(NotFound):
        world.run(preparing.restore_branch(world.services, **anna))


def test_a_window_that_wrote_in_both_texts_at_once_cannot_share(world: World) -> None:
    branch = begin(world)
    propose(world, branch, "Neu. ", client=99)
    doc: Doc[Text] = Doc(client_id=99)
    for update in updates_of(world, world.text_id):
        doc.apply_update(update)
    at = doc.get_state()
    doc.get("text", type=Text).insert(0, "xyz", {})
    append(
        world, world.text_id, doc.get_update(at), Writer(99, world.person("anna").id, OFFENBURG, world.time)
    )
    before = words_of(world)
    with pytest.raises(BranchTangled):
        share(world, branch)
    assert words_of(world) == before
    assert state(world, branch) is BranchState.PRIVATE


def test_who_is_erased_leaves_no_draft_of_their_own_and_takes_its_words_along_before(world: World) -> None:
    own, office = begin(world), begin(world, office=True)
    for branch in (own, office):
        propose(world, branch, "Entwurfsworte. ", client=branch)
    world.freeze()
    (told,) = [letter for letter in world.letters if letter.recipient == "anna@example.org"]
    assert "privater Entwurf bleibt erhalten" in " ".join(told.body.split())
    anna = world.person("anna")
    data = world.run(export_own_data(world.services, actor=anna, proven_at=world.services.now()))
    words = [row for section in data.sections if section.table == "branch_proposals" for row in section.rows]
    assert [(row["branch"], row["ins"]) for row in words] == [(own, "Entwurfsworte. ")]
    world.run(erase_own(world.services, actor=anna, proven_at=world.services.now()))
    assert [each.id for each in world.read(branches.load_branches, 1)] == [office]
    assert updates_of(world, own) == ()
    assert updates_of(world, office) != ()


def test_what_was_discarded_is_gone_for_good_after_a_while(world: World) -> None:
    branch = begin(world)
    propose(world, branch, "Neu. ")
    anna = world.person("anna")
    world.run(preparing.discard_branch(world.services, actor=anna, slug=SLUG, branch_id=branch))
    world.wait(days=29)
    world.run(apply_retention(world.services))
    assert updates_of(world, branch) != ()
    world.wait(days=2)
    world.run(apply_retention(world.services))
    assert world.read(branches.load_branches, 1) == []
    assert updates_of(world, branch) == ()


def decide(world: World, verdict: Verdict, *proposals: str, name: str = "clara") -> None:
    anna = world.person("anna").id
    said = [Decision(each, verdict, anna, "Offenburg", "Neu") for each in proposals]
    world.run(record_decisions(world.services, actor=world.person(name), slug=SLUG, decisions=said))


def told(world: World) -> list[tuple[str, str]]:
    """Who got which numbers."""
    letters = [letter for letter in world.letters if "Stand der Entwürfe" in letter.body]
    bodies = [" ".join(letter.body.split()) for letter in letters]
    found = [body.partition("Der Stand: ")[2].partition(".")[0] for body in bodies]
    return [(letter.recipient, counts) for letter, counts in zip(letters, found, strict=True)]


def test_the_office_hears_once_what_became_of_its_batch(world: World) -> None:
    branch = begin(world, office=True)
    first, second, third = (
        propose(world, branch, f"Neu {number}. ", client=number) for number in (81, 82, 83)
    )
    share(world, branch)
    decide(world, Verdict.ACCEPTED, first)
    assert told(world) == [], "not before all is decided"
    put_off(world, branch)
    put_off(world, branch)
    assert told(world) == [
        (
            "anna@example.org",
            (
                "ein Vorschlag übernommen, kein Vorschlag abgelehnt, "
                "2 Vorschläge für die nächste Runde zurückgestellt"
            ),
        )
    ]
    put_off(world, branch, off=False)
    decide(world, Verdict.ACCEPTED, second)
    decide(world, Verdict.REJECTED, third)
    decide(world, Verdict.REJECTED, third)
    assert told(world)[1:] == [("anna@example.org", "2 Vorschläge übernommen, ein Vorschlag abgelehnt")]
    decide(world, Verdict.REOPENED, third)
    decide(world, Verdict.ACCEPTED, third)
    assert told(world)[2:] == [("anna@example.org", "3 Vorschläge übernommen, kein Vorschlag abgelehnt")]


def test_what_is_decided_about_others_tells_no_office(world: World) -> None:
    own, office = begin(world), begin(world, office=True)
    ids = [propose(world, branch, "Neu. ", client=branch) for branch in (own, office)]
    share(world, own)
    decide(world, Verdict.REJECTED, "b9_nobody")
    decide(world, Verdict.REJECTED, ids[0], name="anna")
    assert told(world) == [], "nobody is told of their own act, nor of what is no batch yet"


def test_words_that_are_missing_keep_nobody_from_deciding_about_a_batch(world: World) -> None:
    branch = begin(world, office=True)
    first, second = (propose(world, branch, f"Neu {number}. ", client=number) for number in (84, 85))
    share(world, branch)
    append(world, world.text_id, later_words(world), Writer(86, world.person("clara").id, None, world.time))
    decide(world, Verdict.ACCEPTED, first)
    put_off(world, branch)
    put_off(world, branch, off=False)
    decide(world, Verdict.REJECTED, second)
    assert len(told(world)) == 2


def later_words(world: World) -> bytes:
    """An update that builds on one which nobody has."""
    doc: Doc[Text] = Doc(client_id=86)
    for update in updates_of(world, world.text_id):
        doc.apply_update(update)
    text = doc.get("text", type=Text)
    text.insert(0, "Verloren ")
    before = doc.get_state()
    text.insert(0, "Danach ")
    return doc.get_update(before)
