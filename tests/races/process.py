"""A process that does what it is told, all of it at once: `python -m tests.races.process DATABASE DATA`.

Each line of JSON is a round; its acts begin in an order of their own and are held up at random wherever a
transaction begins or is about to end. The answer is a line for each round.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from pycrdt import Text
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.declarations.settings import change_setting
from server.actions.release import sealing
from server.actions.services import Services
from server.actions.sign_offs import by_code, by_passkey
from server.actions.sign_offs.paper.settling import confirm_paper
from server.actions.sign_offs.withdrawal import withdraw_sign_off
from server.actions.text import freezing
from server.app import build_services
from server.domain.errors import KraftaktError
from server.domain.people.persons import Person
from server.domain.terms.settings import Deadline
from server.domain.text.update_log import LogAppend
from server.dossier.assembly import Built
from server.settings import read_settings
from server.storage.declarations.declarations import load_declaration
from server.storage.engine.database import Database
from server.storage.people import persons
from server.storage.text import update_log
from server.sync.projection import load_doc

Act = Mapping[str, Any]
LONGEST = 0.004
"""Seconds that a step may be held up: many times what it takes."""


def a_document(_services: object, facts: Any, *_: object) -> Built:
    """In place of typesetting, which is not what is tried here: names what it was made from."""
    named = "\n".join([facts.revision.digest, *sorted(str(s.id) for s in facts.sign_offs)])
    return Built(named.encode(), named.encode())


class Unsteady(Database):
    """Holds up transactions at random, so that others come between."""

    dice: random.Random = random.Random()  # seeded by the round

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        await self._wait()
        async with super().write() as session:
            await self._wait()
            yield session
            await self._wait()

    async def _wait(self) -> None:
        await asyncio.sleep(self.dice.uniform(0, LONGEST) if self.dice.random() < 0.7 else 0)


class Performer:
    def __init__(self, services: Services, people: Mapping[str, Person], slug: str) -> None:
        self._services, self._people, self._slug = services, people, slug

    async def do(self, act: Act) -> dict[str, Any]:
        acts: Mapping[str, Callable[[Act], Awaitable[object]]] = {
            "confirm": self._confirm,
            "passkey": self._passkey,
            "paper": self._paper,
            "withdraw": self._withdraw,
            "reopen": self._reopen,
            "freeze": self._freeze,
            "seal": self._seal,
            "type": self._type,
            "end": self._end,
        }
        try:
            made = await acts[act["do"]](act)
        except KraftaktError as error:
            return {**act, "error": error.code}
        return {**act, "made": made}

    async def _confirm(self, act: Act) -> object:
        given = await by_code.confirm_code(
            self._services,
            actor=self._people[act["who"]],
            slug=self._slug,
            challenge_id=act["challenge"],
            code=act["code"],
        )
        return given.id

    async def _passkey(self, act: Act) -> object:
        given = await by_passkey.finish_with_passkey(
            self._services,
            actor=self._people[act["who"]],
            slug=self._slug,
            challenge_id=act["challenge"],
            response=act["response"],
        )
        return given.id

    async def _paper(self, act: Act) -> object:
        """The second person confirms what was recorded before."""
        given = await confirm_paper(
            self._services, actor=self._people[act["by"]], slug=self._slug, record_id=act["record"]
        )
        return given.id

    async def _withdraw(self, act: Act) -> object:
        taken = await withdraw_sign_off(
            self._services,
            actor=self._people[act["who"]],
            slug=self._slug,
            mandate_id=act["mandate"],
            sign_off_id=act["sign_off"],
        )
        return taken.id

    async def _reopen(self, _: Act) -> object:
        return await freezing.reopen_text(self._services, actor=self._people["clara"], slug=self._slug)

    async def _freeze(self, _: Act) -> object:
        fixed = await freezing.freeze_text(
            self._services, actor=self._people["clara"], slug=self._slug, proven_at=self._services.now()
        )
        return fixed.digest

    async def _seal(self, _: Act) -> object:
        sealed = await sealing.seal_declaration(
            self._services, actor=self._people["clara"], slug=self._slug, proven_at=self._services.now()
        )
        return sealed.pdf_digest

    async def _type(self, act: Act) -> object:
        async with self._services.database.read() as db:
            text_id = (await load_declaration(db, self._slug)).text_id
            doc = load_doc(await update_log.load_updates(db, text_id))
        before = doc.get_state()
        doc.get("text", type=Text).insert(0, str(act["letter"]), {})
        part = LogAppend(text_id, (doc.get_update(before),))
        refused = await self._services.update_log.append([part])
        if refused:
            raise next(iter(refused.values()))
        return act["letter"]

    async def _end(self, _: Act) -> object:
        """The deadline is put so far back that nobody is in mid-signature any more."""
        at = self._services.now() - timedelta(hours=2)
        return await change_setting(
            self._services, actor=self._people["clara"], slug=self._slug, setting=Deadline(at)
        )


async def perform(services: Services, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All acts of a round, begun at random moments."""
    now, dice = datetime.fromisoformat(told["at"]), random.Random(told["seed"])
    services = replace(services, clock=lambda: now)
    Unsteady.dice = dice
    async with services.database.read() as db:
        found = [await persons.find_by_email(db, f"{name}@example.org") for name in told["people"]]
    people = dict(zip(told["people"], [one for one in found if one is not None], strict=True))
    performer = Performer(services, people, told["slug"])

    async def begin(act: Act, after: float) -> dict[str, Any]:
        await asyncio.sleep(after)
        return await performer.do(act)

    return await asyncio.gather(*(begin(act, dice.uniform(0, LONGEST * 3)) for act in told["acts"]))


async def main(database: str, data: str) -> None:
    services = build_services(read_settings({"KRAFTAKT_DATA": data, "KRAFTAKT_DATABASE": database}))
    services = replace(services, database=Unsteady(services.database.engine))
    loop = asyncio.get_running_loop()
    home = "server.actions.release.sealing"
    with patch(f"{home}.build_document", a_document), patch(f"{home}.archived_until", lambda _: None):
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            sys.stdout.write(json.dumps(await perform(services, json.loads(line))) + "\n")
            sys.stdout.flush()
    await services.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
