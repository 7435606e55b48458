"""Login links."""

from datetime import timedelta

import pytest

from server.actions.people import accounts
from server.domain.audit import Tag
from server.domain.errors import InvalidLink, NotFound
from server.storage.notices import mails
from server.storage.people import sessions
from server.storage.record import audit
from tests.world import World


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_link_signs_in_once(world: World) -> None:
    link = world.run(accounts.issue_login_link(world.services, email="Anna@Example.org"))
    signed_in = world.run(accounts.use_login_link(world.services, token=token_of(link)))
    assert signed_in.person.name == "Anna"
    assert world.read(sessions.find_person, signed_in.session_token, world.time) == signed_in.person
    with pytest.raises(InvalidLink):
        world.run(accounts.use_login_link(world.services, token=token_of(link)))


def test_looking_at_a_link_does_not_use_it(world: World) -> None:
    token = token_of(world.run(accounts.issue_login_link(world.services, email="anna@example.org")))
    assert world.run(accounts.look_at_link(world.services, token=token, browser="")).name == "Anna"
    assert world.run(accounts.use_login_link(world.services, token=token)).person.name == "Anna"


def test_an_expired_link_is_refused(world: World) -> None:
    token = token_of(world.run(accounts.issue_login_link(world.services, email="anna@example.org")))
    world.wait(minutes=30)
    with pytest.raises(InvalidLink):
        world.run(accounts.look_at_link(world.services, token=token, browser=""))
    with pytest.raises(InvalidLink):
        world.run(accounts.use_login_link(world.services, token=token))


def test_an_unknown_address_gets_no_mail_and_no_different_answer(world: World) -> None:
    before = len(world.read(mails.list_waiting, 1000))
    world.run(
        accounts.send_login_link(
            world.services, email="frank@example.org", next_path="/", browser="", code="123456"
        )
    )
    assert len(world.read(mails.list_waiting, 1000)) == before
    with pytest.raises(NotFound):
        world.run(accounts.issue_login_link(world.services, email="frank@example.org"))


def test_signing_out_ends_the_session(world: World) -> None:
    link = world.run(accounts.issue_login_link(world.services, email="anna@example.org"))
    token = world.run(accounts.use_login_link(world.services, token=token_of(link))).session_token
    world.run(accounts.sign_out(world.services, session_token=token))
    assert world.read(sessions.find_person, token, world.time) is None
    last = world.read(audit.list_events, "")[-1]
    assert (last.tag, last.actor) == (Tag.SESSION_END, world.person("anna").id)
    world.run(accounts.sign_out(world.services, session_token=token))
    assert world.read(audit.list_events, "")[-1] == last


def test_a_session_ends_by_itself(world: World) -> None:
    link = world.run(accounts.issue_login_link(world.services, email="anna@example.org"))
    token = world.run(accounts.use_login_link(world.services, token=token_of(link))).session_token
    end = world.time + timedelta(hours=12)
    world.wait(hours=11)
    session = world.ask(sessions.find_session, token, world.time)
    assert (session.person.name, session.ends_at) == ("Anna", end)
    world.wait(hours=1)
    assert world.read(sessions.find_person, token, world.time) is None


def test_a_login_link_leads_nowhere_but_to_this_server(world: World) -> None:
    link = world.run(
        accounts.issue_login_link(world.services, email="anna@example.org", next_path="//evil.example")
    )
    assert world.run(accounts.use_login_link(world.services, token=token_of(link))).next_path == "/"


def test_links_older_than_a_day_are_forgotten(world: World) -> None:
    old = token_of(world.run(accounts.issue_login_link(world.services, email="anna@example.org")))
    world.run(accounts.use_login_link(world.services, token=old))
    world.wait(hours=23)
    world.run(accounts.issue_login_link(world.services, email="anna@example.org"))
    assert world.read(sessions.find_login_link, old) is not None
    world.wait(hours=2)
    world.run(accounts.issue_login_link(world.services, email="doris@example.org"))
    assert world.read(sessions.find_login_link, old) is None


def test_signing_out_ends_the_session_in_the_rooms(world: World) -> None:
    """An editor left open in another tab must not write on in the name of who has gone."""
    link = world.run(accounts.issue_login_link(world.services, email="anna@example.org"))
    token = world.run(accounts.use_login_link(world.services, token=token_of(link))).session_token
    before = world.services.rooms.sessions_ended
    world.run(accounts.sign_out(world.services, session_token="unknown"))
    assert world.services.rooms.sessions_ended == before
    world.run(accounts.sign_out(world.services, session_token=token))
    assert world.services.rooms.sessions_ended == before + 1
