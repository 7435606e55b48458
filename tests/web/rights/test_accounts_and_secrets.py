"""Routes beside the declarations: one's own account, what the operator allows, what a secret opens."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.app import create_app
from server.domain.notices.kinds import NoticeKind
from server.storage.people import own_sessions, passkeys
from tests.web.rights.build import Stage
from tests.web.rights.calls import ALLOWED, Call, ask
from tests.web.rights.people import KINDS, VISITOR
from tests.web.rights.table import BY_SECRET, CREATORS, SIGNED_IN

NUMBER, WORD = "999999", "nichts"
LOOKS_ONLY = {
    "GET /login/code/{challenge}": 200,
    "GET /notices/{token}/stop": 303,
    "POST /login/passkey/begin": 200,
}
"""A form or a question that every browser is shown; nothing is known or done by it."""
NEW = {"title": "Neu", "issuer": "Städte", "origin": "empty"}
PEOPLE = tuple(KINDS)


def call_for(key: str) -> Call:
    """With a number and a secret that nobody has."""
    method, route = key.split()
    path = re.sub(r"\{\w+:int\}", NUMBER, re.sub(r"\{\w+\}", WORD, route))
    if "passkey/" in route or "/passkeys/begin" in route or route == "/passkeys/finish":
        return Call(method, path, json='{"challenge_id": "x", "response": {"id": "x"}}')
    if key == "POST /register":
        return Call(method, path, file="x")
    if route == "/declarations/new":
        return Call(method, path, NEW)
    fields = {kind.value: kind.facts.paces[0].value for kind in NoticeKind if not kind.facts.always_comes}
    if key == "POST /register/merge":
        return Call(method, path, dict.fromkeys(["ags", "successor"], "08317096"))
    return Call(method, path, fields | {"name": "Schlüssel", "code": "00000000"})


async def _words(stage: Stage, names: tuple[str, ...], keys: frozenset[str]) -> dict[tuple[str, str], int]:
    app, base = create_app(stage.world.settings, stage.world.services), stage.world.settings.base_url
    return {
        (key, name): (await ask(app, base, name, call_for(key))).word
        for key in sorted(keys)
        for name in names
    }


def test_a_visitor_has_no_account_and_creates_nothing(stage: tuple[Stage, str]) -> None:
    there, _ = stage
    words = there.world.run(_words(there, (VISITOR,), SIGNED_IN | CREATORS))
    assert {key for key, word in words.items() if word != 401} == set()


def test_who_is_signed_in_is_never_refused_their_account(stage: tuple[Stage, str]) -> None:
    there, _ = stage
    names = tuple(name for name in PEOPLE if name != VISITOR)
    words = there.world.run(_words(there, names, SIGNED_IN))
    assert {key: word for key, word in words.items() if word in (401, 403)} == {}


def test_only_whom_the_operator_named_creates_declarations(stage: tuple[Stage, str]) -> None:
    there, _ = stage
    words = there.world.run(_words(there, PEOPLE, CREATORS))
    expected = {"clara": ALLOWED | {404, 422}, VISITOR: {401}}
    holes = {pair: word for pair, word in words.items() if word not in expected.get(pair[1], {403})}
    assert holes == {}


def test_a_made_up_secret_opens_nothing_to_anybody(stage: tuple[Stage, str]) -> None:
    there, _ = stage
    words = there.world.run(_words(there, PEOPLE, BY_SECRET))
    open_ones = {pair: word for pair, word in words.items() if word in ALLOWED}
    assert {key: word for (key, _), word in open_ones.items()} == LOOKS_ONLY


@pytest.mark.parametrize("who", ["clara", "gustav", "frank"])
def test_what_belongs_to_another_account_is_not_found(stage: tuple[Stage, str], who: str) -> None:
    there, _ = stage
    key = there.world.read(passkeys.list_for, there.world.person("doris").id)[0].id
    session = own_sessions.key_of("doris")
    calls = [
        Call("POST", f"/account/passkeys/{key}", {"name": "Meiner"}),
        Call("GET", f"/account/passkeys/{key}/remove"),
        Call("POST", f"/account/passkeys/{key}/remove"),
        Call("POST", f"/account/sessions/{session}/end"),
    ]

    async def words(name: str) -> list[int]:
        app: Any = create_app(there.world.settings, there.world.services)
        return [(await ask(app, there.world.settings.base_url, name, call)).word for call in calls]

    assert there.world.run(words(who)) == [404] * len(calls)
    assert set(there.world.run(words("doris"))) <= ALLOWED
