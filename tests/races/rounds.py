"""A declaration for each round, questions that wait for their answers, and acts that collide."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.sign_offs import by_code, by_passkey
from server.actions.sign_offs.paper.recording import record_paper
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.text import freezing
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.papers import Scan, ScanType
from server.domain.terms.local_time import day_of
from server.storage.declarations import declarations
from server.storage.people import municipalities
from server.storage.text import revisions
from tests.waiting import HANG
from tests.world import BLOCKS, LAHR, OFFENBURG, WORDING, World, challenge_of

CODE = "12345678"
PEOPLE = ("clara", "karl", "doris", "hugo", "gustav", "ida")
_DEPUTY = MandateKind.DEPUTY
INVITEES = (
    Invitee("clara@example.org", "Clara", Role.COORDINATOR),
    Invitee("karl@example.org", "Karl", Role.COORDINATOR),
    Invitee("doris@example.org", "Doris", Role.SIGNATORY, OFFENBURG, "Oberbürgermeisterin"),
    Invitee("hugo@example.org", "Hugo", Role.SIGNATORY, OFFENBURG, "Bürgermeister", _DEPUTY),
    Invitee("gustav@example.org", "Gustav", Role.SIGNATORY, LAHR, "Erster Beigeordneter", _DEPUTY),
    Invitee("ida@example.org", "Ida", Role.SIGNATORY, LAHR, "Beigeordnete", _DEPUTY),
)
"""Offenburg: the mayor and a deputy. Lahr: two deputies."""
Acts = list[dict[str, Any]]


class Processes:
    """Two that serve the same database."""

    def __init__(self, database: str, data: Path) -> None:
        command = [sys.executable, "-m", "tests.races.process", database, str(data)]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("KRAFTAKT_")}
        self._running = [
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=kept, bufsize=1
            )
            for _ in range(2)
        ]

    def perform(self, told: Mapping[str, Any], acts: Acts, dice: random.Random) -> Acts:
        """All acts, each in one of the two. What became of them."""
        shares: tuple[Acts, Acts] = [], []
        for act in acts:
            shares[dice.randrange(2)].append(act)
        for process, share in zip(self._running, shares, strict=True):
            assert process.stdin is not None
            process.stdin.write(json.dumps({**told, "seed": dice.random(), "acts": share}) + "\n")
            process.stdin.flush()
        done: Acts = []
        for process in self._running:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, "a process ended"
            done += json.loads(line)
        return done

    def close(self) -> None:
        for process in self._running:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
            assert process.wait(HANG) == 0
            process.stdout.close()


class Round:
    """`given`: what Gustav answered before the others begin, if he did."""

    def __init__(self, world: World, number: int, dice: random.Random) -> None:
        self.world, self.slug, self.dice = world, f"runde-{number}", dice
        world.wait(hours=1)
        start = Start(self.slug, "Erklärung", "Städte", None, None, BLOCKS, INVITEES)
        world.run(start_declaration(world.services, start=start))
        world.run(
            freezing.freeze_text(
                world.services, actor=world.person("clara"), slug=self.slug, proven_at=world.time
            )
        )
        self.declaration = world.read(declarations.load_declaration, self.slug)
        self.digest: str = world.read(revisions.find_current, self.declaration.text_id).digest
        invited = world.read(municipalities.list_invited, self.declaration.id, world.time)
        self._mandates = {person.name.lower(): mandate.id for mandate, person in invited}
        self._first = dice.choice([None, None, Answer.SIGNS, Answer.SUBJECT_TO_COUNCIL])
        self.given = self._answer("gustav", self._first) if self._first else None

    def _question(self, name: str, replaces: int | None = None, answer: Answer = Answer.SIGNS) -> str:
        request = SignOffRequest(self.digest, self._mandates[name], WORDING, self._reply(answer), replaces)
        with patch("server.actions.sign_offs.by_code.new_code", lambda: CODE):
            return self.world.run(
                by_code.send_code(
                    self.world.services, actor=self.world.person(name), slug=self.slug, request=request
                )
            )

    def _reply(self, answer: Answer) -> Reply:
        if answer is Answer.SUBJECT_TO_COUNCIL:
            meets = day_of(self.world.time).isoformat()
            return Reply(answer, council_date=meets, council_body="Gemeinderat", council_reference="7")
        return Reply(answer, "Mit Bedenken." if answer is Answer.SIGNS_WITH_STATEMENT else "")

    def _answer(self, name: str, answer: Answer) -> int:
        given = by_code.confirm_code(
            self.world.services,
            actor=self.world.person(name),
            slug=self.slug,
            challenge_id=self._question(name, answer=answer),
            code=CODE,
        )
        return self.world.run(given).id

    def acts(self) -> Acts:
        """Between three and eight of what can collide."""
        statement = Answer.SIGNS_WITH_STATEMENT
        once, other_tab = self._confirm("doris"), self._confirm("doris", answer=statement)
        change = self._confirm("ida", self.given)
        paper = {"do": "paper", "by": "karl", "record": self._recorded("doris")}
        offered: Acts = [once, once, other_tab, self._passkey("doris"), paper, paper]
        if self._first is Answer.SUBJECT_TO_COUNCIL:
            offered.append(self._confirm("gustav", self.given))  # the council has agreed
        offered += [self._confirm("hugo"), change]
        offered.append(self._confirm("ida", self.given, Answer.SUBJECT_TO_COUNCIL))
        if self.given is None:
            offered.append(self._confirm("gustav"))
        else:
            mandate = self._mandates["gustav"]
            offered.append({"do": "withdraw", "who": "gustav", "mandate": mandate, "sign_off": self.given})
        offered += [{"do": what} for what in ("seal", "seal", "reopen", "freeze", "end")]
        offered += [{"do": "type", "letter": letter} for letter in "xy"]
        return self.dice.sample(offered, self.dice.randint(3, 8))

    def _confirm(
        self, name: str, replaces: int | None = None, answer: Answer = Answer.SIGNS
    ) -> dict[str, Any]:
        challenge = self._question(name, replaces, answer)
        return {"do": "confirm", "who": name, "challenge": challenge, "code": CODE}

    def _passkey(self, name: str) -> dict[str, Any]:
        """The authenticator has answered, the server has not heard of it yet."""
        services, key = self.world.services, self.world.authenticator(name)
        request = SignOffRequest(self.digest, self._mandates[name], WORDING)
        begun = by_passkey.begin_with_passkey(
            services, actor=self.world.person(name), slug=self.slug, request=request
        )
        challenge, options, _ = self.world.run(begun)
        return {
            "do": "passkey",
            "who": name,
            "challenge": challenge,
            "response": key.get(challenge_of(options)),
        }

    def _recorded(self, name: str) -> int:
        """A paper of theirs, with the scan as it was brought: cleaning it is not what is tried here."""

        async def kept(_: object, scan: bytes) -> Scan:
            return Scan(ScanType.PNG, scan)

        services = self.world.services
        with patch.object(type(services.checks), "clean_scan", kept):
            return self.world.run(
                record_paper(
                    services,
                    actor=self.world.person("clara"),
                    slug=self.slug,
                    request=SignOffRequest(self.digest, self._mandates[name], WORDING),
                    decided_on=day_of(self.world.time).isoformat(),
                    scan=b"scan",
                )
            )

    def told(self) -> dict[str, Any]:
        return {"slug": self.slug, "at": self.world.time.isoformat(), "people": PEOPLE}


def shown(done: Sequence[Mapping[str, Any]]) -> str:
    """What happened, for whoever looks for the fault."""
    return "\n".join(
        f"{one['do']} {one.get('who', '')}: {one.get('error') or one.get('made')}" for one in done
    )
