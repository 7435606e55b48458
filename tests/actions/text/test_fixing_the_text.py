"""Freeze and reopen."""

import pytest

from server.actions.text import freezing
from server.domain.errors import NotAllowed, NotFound, WrongPhase
from server.domain.people.persons import Person
from server.domain.text.errors import UnprintableText
from tests.world import SLUG, World


def test_the_revision_is_what_stood_in_the_log(world: World) -> None:
    revision = world.freeze()
    content = revision.text
    assert [(b.kind, b.number, b.text) for b in content.blocks] == [
        ("heading", None, "Erklärung"),
        ("paragraph", None, "Wir handeln gemeinsam."),
        ("clause", "1.", "Wir bauen Netze aus."),
    ]
    assert (revision.number, revision.digest, revision.fixed_by) == (1, content.digest, "Clara")
    assert world.phase == "signing"
    assert world.tags[-1] == "declaration:text:freeze"


def test_everyone_who_may_sign_is_asked_by_mail(world: World) -> None:
    world.freeze()
    asked = [letter for letter in world.letters if letter.subject.startswith("Mitzeichnung")]
    assert sorted(mail.recipient for mail in asked) == ["doris@example.org", "gustav@example.org"]
    assert all("Fassung 1" in mail.subject for mail in asked)


@pytest.mark.parametrize("name", ["anna", "doris", "emil"])
def test_nobody_but_the_coordination_fixes_it(world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        world.run(
            freezing.freeze_text(
                world.services, actor=world.person(name), slug=SLUG, proven_at=world.services.now()
            )
        )
    assert world.phase == "drafting"


def test_a_stranger_does_not_even_learn_that_there_is_one(world: World) -> None:
    frank = Person(999, "frank@example.org", "Frank")
    with pytest.raises(NotFound):
        world.run(
            freezing.freeze_text(world.services, actor=frank, slug=SLUG, proven_at=world.services.now())
        )


def test_a_text_is_not_fixed_twice(world: World) -> None:
    world.freeze()
    with pytest.raises(WrongPhase):
        world.freeze()
    assert world.tags.count("declaration:text:freeze") == 1


def test_a_changed_text_becomes_the_next_revision(world: World) -> None:
    first = world.freeze()
    world.reopen()
    world.write("Neue ")
    second = world.freeze()
    assert (second.number, second.digest != first.digest) == (2, True)


def test_an_unchanged_text_keeps_its_number_and_its_sign_offs(world: World) -> None:
    first = world.freeze()
    world.sign_with_passkey("doris")
    world.reopen()
    assert world.freeze() == first
    assert [answer.revision_id for answer in world.answers] == [first.id]


def test_what_the_document_cannot_print_is_refused_before_it_is_fixed(world: World) -> None:
    world.write("\U0001f600 ")
    with pytest.raises(UnprintableText):
        world.freeze()
    assert world.phase == "drafting"
    assert "declaration:text:freeze" not in world.tags
