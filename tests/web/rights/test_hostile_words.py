"""Whatever stands in a field, in an address or behind it: a sentence, never an error of ours, and nothing
that PostgreSQL would not take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, String, event
from starlette.datastructures import QueryParams

from server.actions.text.workshops.running import open_workshop
from server.app import create_app
from server.domain.people.persons import Person
from tests.web.rights.build import Stage
from tests.web.rights.calls import Call, ask
from tests.web.rights.hostile import Hands
from tests.web.rights.people import HERE, KINDS, VISITOR
from tests.web.rights.requests import KEYS, request_for
from tests.web.rights.table import BY_SECRET, CREATORS, HERE_RULES, PHASES, PUBLIC, SIGNED_IN
from tests.web.rights.test_accounts_and_secrets import call_for

LONGEST = 1.0
"""Seconds of processor time for one request, on a busy machine."""
JOINING = {"municipality": "08317057", "name": "Karl", "title": "OB", "email": "karl@example.org"}
SAYING = {"guest": "Maria", "kind": "comment", "passage": "Wir handeln gemeinsam.", "words": "Wer?"}
FIELDS = {
    "POST /login": {"email": "anna@example.org", "next": "/"},
    "POST /e/{slug}/beitreten": JOINING,
    "POST /workshop/{token}": SAYING,
    "POST /declarations/new": {"title": "Neu", "issuer": "Städte", "origin": "empty"},
    "POST /privacy/edit": {"text": "Neu", "language": "de"},
}
"""What forms of other routes hold."""
APART = {"POST /verify", "POST /register"}
"""They take files, which other tests spoil."""


@contextmanager
def bound() -> Iterator[list[str]]:
    """What any statement is given meanwhile that PostgreSQL would refuse: no letters, or too many."""
    found: list[str] = []

    def note(*heard: Any) -> None:
        context = heard[4]
        for given in context.compiled_parameters if context and context.compiled else ():
            for name, value in given.items():
                bind = context.compiled.binds.get(name)
                longest = bind.type.length if bind is not None and isinstance(bind.type, String) else None
                if isinstance(value, str) and not _is_kept(value, longest, context):
                    found.append(f"{name} {value[:20]!r} of {len(value)}")

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def _is_kept(value: str, longest: int | None, context: Any) -> bool:
    writes = context.isinsert or context.isupdate
    is_short = not writes or longest is None or len(value) <= longest
    return is_short and "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


@contextmanager
def parameters() -> Iterator[set[str]]:
    """Names that a page asks for behind its address."""
    names: set[str] = set()
    get = QueryParams.get

    def noted(self: QueryParams, key: Any, default: Any = None) -> Any:
        names.add(key)
        return get(self, key, default)

    with patch.object(QueryParams, "get", noted):
        yield names


def asked_by(key: str, letter: str) -> str | None:
    """Who tries it in this phase: each request once, in the first phase in which somebody may."""
    first = next((each for each in PHASES if any(HERE_RULES[key].allows(name, each) for name in KINDS)), "D")
    if letter != first:
        return None
    return next((name for name in KINDS if HERE_RULES[key].allows(name, letter)), "clara")


def here(stage: Stage, letter: str) -> Iterator[tuple[str, str, Call]]:
    """A route, who asks, and a request that is in order."""
    for key in KEYS:
        who = asked_by(key, letter)
        if who is not None:
            yield key.split()[1], who, request_for(key, who, stage.things[HERE])


def elsewhere(letter: str, token: str) -> list[tuple[str, str, Call]]:
    """`token`: of a workshop."""
    found = []
    keys = {"D": SIGNED_IN | CREATORS | BY_SECRET, "P": PUBLIC}.get(letter, frozenset())
    for key in sorted(keys - APART):
        call = replace(call_for(key), fields=FIELDS.get(key, {"name": "Schlüssel", "code": "00000000"}))
        path = call.path.replace("/workshop/nichts", f"/workshop/{token}").replace("/e/nichts", f"/e/{HERE}")
        who = VISITOR if key in BY_SECRET | PUBLIC else "clara"
        found.append((key.split()[1], who, replace(call, path=path)))
    return found


async def _workshop(stage: Stage, lead: Person) -> str:
    """One that stays. Its token."""
    services = stage.world.more_services()
    token = await open_workshop(services, actor=lead, slug=HERE, title="Saal", section="", hours=4)
    await services.close()
    return token


async def _faults(stage: Stage, letter: str, token: str) -> tuple[int, list[str]]:
    app, base = create_app(stage.world.settings, stage.world.services), stage.world.settings.base_url
    faults, asked, hands = [], 0, Hands()
    for route, who, call in (*here(stage, letter), *elsewhere(letter, token)):
        with parameters() as names:
            await ask(app, base, who, call)
        wanted = sorted(names - {"lang"})
        for each in (*hands.spoiled(call), *hands.addresses(call, route, wanted)):
            began = time.process_time()
            with bound() as kept:
                came = await ask(app, base, who, each)
            asked, took = asked + 1, time.process_time() - began
            if came.status >= 500 or kept or took > LONGEST:
                said = (each.json or str(each.fields))[:120]
                faults.append(
                    f"{call.method} {route} · {each.path[-60:]} · {said}: {came.status} {kept} {took:.2f}"
                )
    return asked, faults


def test_no_word_is_an_error_of_ours(stage: tuple[Stage, str]) -> None:
    there, letter = stage
    lead = there.world.person("clara")
    token = there.world.run(_workshop(there, lead)) if letter == "D" else "nichts"
    asked, faults = there.world.run(_faults(there, letter, token))
    assert letter not in "DP" or asked > 100
    assert not faults, f"{len(faults)} of {asked}\n" + "\n".join(faults)
