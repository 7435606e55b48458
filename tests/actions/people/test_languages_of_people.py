"""Mail is written in the language of the person who reads it, not of the one who causes it."""

from __future__ import annotations

import pytest

from server.actions.people import accounts
from server.actions.people.account.entering import Browser
from server.domain.people.languages import Language
from server.storage.people import sessions
from tests.world import World


def sign_in(world: World, name: str, language: Language | None) -> str:
    """The session's token."""
    link = world.run(accounts.issue_login_link(world.services, email=f"{name}@example.org"))
    token = link.rpartition("/")[2]
    work = accounts.use_login_link(world.services, token=token, browser=Browser(language=language))
    return world.run(work).session_token


def subjects(world: World) -> dict[str, str]:
    return {mail.recipient.split("@")[0]: mail.subject for mail in world.letters}


def test_who_has_never_signed_in_is_written_to_in_german(world: World) -> None:
    assert world.person("doris").language == "de"


def test_signing_in_keeps_the_browsers_language(world: World) -> None:
    token = sign_in(world, "doris", "en")
    session = world.ask(sessions.find_session, token, world.time)
    assert session.person.language == world.person("doris").language == "en"


def test_signing_in_without_a_language_changes_none(world: World) -> None:
    sign_in(world, "doris", "en")
    sign_in(world, "doris", None)
    assert world.person("doris").language == "en"


def test_each_signatory_is_asked_in_their_own_language(world: World) -> None:
    sign_in(world, "doris", "en")
    sign_in(world, "clara", "en")  # who fixes the text speaks English too
    world.freeze()
    assert subjects(world) == {
        "anna": "„Erklärung“: Fassung 1 ist festgelegt",
        "doris": "Sign-off: “Erklärung”, revision 1",
        "gustav": "Mitzeichnung: „Erklärung“, Fassung 1",
    }


@pytest.mark.parametrize(("language", "begin"), [("de", "Ihr Code"), ("en", "Your sign-off code")])
def test_the_code_comes_in_the_language_of_who_signs(world: World, language: Language, begin: str) -> None:
    world.freeze()
    sign_in(world, "doris", language)
    world.send_code("doris")
    assert subjects(world)["doris"].startswith(begin)


def test_a_login_link_comes_in_the_persons_language(world: World) -> None:
    world.run(accounts.choose_language(world.services, actor=world.person("emil"), language="en"))
    world.run(
        accounts.send_login_link(
            world.services, email="emil@example.org", next_path="/", browser="", code="123456"
        )
    )
    assert subjects(world)["emil"] == "Your sign-in link for Kraftakt"
