"""What is refused leaves a line in the service's log, without anything that is secret or personal."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest
from starlette.types import Message, Scope

from server.domain.audit import Tag
from server.storage.record import audit
from server.web.people import login
from tests.web.site import HOME, Site, answered


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.0)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    said = [record.getMessage() for record in caplog.records if record.name == "kraftakt.refusals"]
    return [re.sub(r"^request \w+ ", "", line) for line in said]


def used_link(site: Site) -> str:
    anna = site.visitor()
    anna.open("/login")
    anna.send("/login", email="anna@example.org", next="/")
    found = re.search(r"/login/[\w-]+", site.mails[-1].body)
    assert found is not None
    anna.open(found[0])
    anna.send(found[0])
    return found[0]


def test_a_used_link(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    link = used_link(site)
    stranger = site.visitor()
    stranger.open("/login")
    assert stranger.send(link).status == 410
    assert lines(caplog) == ["refused: invalid_link at POST /login/{token}, person 0"]
    assert link.removeprefix("/login/") not in caplog.text
    last = site.world.read(audit.list_events, "")[-1]
    assert (last.tag, last.actor) == (Tag.LOGIN_LINK_REFUSE, site.world.person("anna").id)


def test_no_word_of_a_request_makes_a_line_of_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    stranger = site.visitor()
    stranger.open("/login")
    for path in (
        "/login/a%0AERROR%20forged",
        "/login/a%E2%80%A8ERROR%20forged",
        "/declarations/ERROR%20forged",
    ):
        stranger.open(path, User_Agent="x ERROR forged", Cookie="kraftakt_session=ERROR forged")
        stranger.send(path, csrf="ERROR forged")
    assert "forged" not in caplog.text


def test_an_unknown_link_concerns_nobody_s_account(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    before = site.world.read(audit.list_events, "")
    stranger = site.visitor()
    stranger.open("/login")
    assert stranger.send("/login/unknown").status == 410
    assert lines(caplog) == ["refused: invalid_link at POST /login/{token}, person 0"]
    assert site.world.read(audit.list_events, "") == before


def test_a_wrong_code(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.world.freeze()
    doris = site.visitor("doris")
    fields = doris.open(f"{HOME}/sign").hidden_fields
    form = doris.send(f"{HOME}/sign/code", **answered(fields)).location
    doris.open(form)
    doris.send(form, code="0000 0000")
    person = site.world.person("doris").id
    assert lines(caplog) == [
        f"refused: invalid_code at POST /declarations/{{slug}}/sign/code/{{challenge}}, person {person}"
    ]


def test_a_missing_right_and_a_wrong_token(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    anna = site.visitor("anna")
    anna.open("/")
    anna.send(f"{HOME}/freeze")
    anna.take_token(site.visitor())
    anna.send("/logout")
    person = site.world.person("anna").id
    assert lines(caplog) == [
        f"refused: not_allowed at POST /declarations/{{slug}}/freeze, person {person}",
        f"refused: stale_form at POST /logout, person {person}",
    ]


def test_tables_invitations_and_the_last_of_the_coordination(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    people, clara = f"{HOME}/people", site.visitor("clara")
    clara.open(f"{people}/invite")
    clara.send(f"{people}/invite", name="Edda Farn", email="edda@kehl.example", role="press")
    found = re.search(r"/invitations/[\w-]+", site.mails[-1].body)
    assert found is not None
    clara.open(f"{people}/import")
    for table in ("Edda;=1+1", "a;b\n" * 5_001):
        assert clara.send(f"{people}/import", table=table).status == 422
    me = site.world.person("clara").id
    clara.open(f"{people}/{me}/remove")
    assert "einzige Person der Koordination" in clara.send(f"{people}/{me}/remove").text
    site.world.wait(days=31)
    stranger = site.visitor()
    for link, sentence in (
        (found[0], "Diese Einladung ist abgelaufen."),
        (f"{found[0]}x", "Diese Einladung gilt nicht mehr."),
    ):
        stranger.open(link)
        assert sentence in stranger.send(f"{link}/accept", code="0000 0000").text
    codes = [line.split()[1] for line in lines(caplog)]
    assert {"formula_cells", "long_table", "last_coordinator"} <= set(codes)
    assert {"expired_invitation", "invalid_invitation"} <= set(codes)
    assert "edda" not in " ".join(lines(caplog))


def test_who_is_only_asked_to_sign_in_is_no_refusal(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    assert site.visitor().open(HOME).status == 303
    assert lines(caplog) == []


def test_a_visitor_who_hangs_up_is_no_error(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    coming: list[Message] = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return coming.pop(0) if coming else await asyncio.Future()

    async def send(_: Message) -> None:
        """Nobody hears."""

    headers = [
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"cookie", b"kraftakt_visitor=frank"),
    ]
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/login",
        "raw_path": b"/login",
        "query_string": b"",
        "headers": headers,
        "client": ("10.0.0.1", 1),
        "server": ("localhost", 80),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }
    site.world.run(site.app(scope, receive, send))  # type: ignore[arg-type]
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert "hung up" in caplog.text
