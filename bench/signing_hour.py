"""All of the region signs at once: 51 mayors within two minutes, while ten people have the board open.

    .venv/bin/python -m bench.signing_hour [--seconds 120] [--viewers 10]

The real server with SQLite. Each mayor opens the page for signing, signs with a passkey and sees what was
signed; each viewer opens the board, which asks for news every ten seconds, and the page itself once a minute.
Every request is timed from its first byte to its last; the table shows medians and 95th percentiles, and the
CPU time that the two minutes cost the server. It is written to `bench/results` with a line for each request.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from re import findall, search
from typing import Any, Final

import httpx

from bench.pages import cpu_seconds, serving
from bench.results_file import RESULTS
from server.actions.declarations.start import start_declaration
from server.actions.people import passkeys
from server.actions.services import Services
from server.actions.text import freezing
from server.app import open_services
from server.cli.demo import SLUG, demo_start
from server.cli.migrate import upgrade
from server.domain.people.persons import Person
from server.settings import Settings, read_settings
from server.storage.people import municipalities, persons, sessions
from tests.signing.authenticator import Authenticator
from tests.world import challenge_of

COORDINATOR: Final = "clara@region.example"
GOAL: Final = 200.0
"""Milliseconds within which 95 of 100 pages are there."""
POLL: Final = 10.0
RELOAD: Final = 60.0
HOME: Final = f"/declarations/{SLUG}"
PAGES: Final = ("the page for signing", "what was signed", "the board")
"""What people wait for; the rest is asked for beside it."""


@dataclass(frozen=True, slots=True)
class Mayor:
    token: str
    key: Authenticator


@dataclass
class Clock:
    """Milliseconds of each request, by what was asked for."""

    taken: dict[str, list[float]] = field(default_factory=dict)

    async def ask(self, what: str, request: Any, *expected: int) -> httpx.Response:
        began = time.perf_counter()
        response: httpx.Response = await request
        self.taken.setdefault(what, []).append((time.perf_counter() - began) * 1000)
        if response.status_code not in (expected or (200,)):
            raise RuntimeError(f"{what}: {response.status_code} {response.text[:300]}")
        return response


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--viewers", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kraftakt-bench-") as folder:
        print("Building the world …", file=sys.stderr, flush=True)
        settings = read_settings({"KRAFTAKT_DATA": folder})
        upgrade(settings.database)
        viewer, mayors = asyncio.run(_build(settings))
        with serving(folder) as (port, process):
            before, clock = cpu_seconds(process), Clock()
            asyncio.run(_sign_all(port, viewer, mayors, options.seconds, options.viewers, clock))
            cpu = cpu_seconds(process) - before
    _write(clock.taken, len(mayors), options, cpu)


async def _build(settings: Settings) -> tuple[str, list[Mayor]]:
    """The text is fixed; everybody is signed in, and each mayor has a passkey."""
    async with open_services(settings) as services:
        await start_declaration(services, start=replace(demo_start(services.now()), deadline=None))
        async with services.database.read() as db:
            clara = await persons.find_by_email(db, COORDINATOR)
            invited = await municipalities.list_invited(db, 1, services.now())
        assert clara is not None
        await freezing.freeze_text(services, actor=clara, slug=SLUG, proven_at=services.now())
        mayors = [await _equip(services, person) for _, person in invited]
        return await _open_session(services, clara), mayors


async def _equip(services: Services, person: Person) -> Mayor:
    key = Authenticator(services.relying_party.id, services.base_url)
    asked, options = await passkeys.begin_registration(services, actor=person, proven_at=services.now())
    made = key.create(challenge_of(options))
    await passkeys.finish_registration(services, actor=person, challenge_id=asked, response=made)
    return Mayor(await _open_session(services, person), key)


async def _open_session(services: Services, person: Person) -> str:
    token, now = secrets.token_urlsafe(32), services.now()
    async with services.database.write() as db:
        await sessions.append_session(db, token, person.id, now, now + timedelta(hours=1))
    return token


async def _sign_all(
    port: int, viewer: str, mayors: list[Mayor], seconds: float, viewers: int, clock: Clock
) -> None:
    dice = random.Random(1)
    ends = time.monotonic() + seconds
    looks = [_look_on(port, viewer, ends, dice.uniform(0, POLL), clock) for _ in range(viewers)]
    signs = [_sign(port, mayor, dice.uniform(0, seconds * 0.95), clock) for mayor in mayors]
    await asyncio.gather(*looks, *signs)


@asynccontextmanager
async def _browser(port: int, token: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}", "Accept-Language": "de"},
        cookies={"kraftakt_session": token},
        timeout=60,
    ) as browser:
        yield browser


async def _sign(port: int, mayor: Mayor, after: float, clock: Clock) -> None:
    await asyncio.sleep(after)
    mayor.key.origin = f"http://localhost:{port}"
    async with _browser(port, mayor.token) as browser:
        page = (await clock.ask(PAGES[0], browser.get(f"{HOME}/sign"))).text
        fields = dict(findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
        csrf = search(r'csrf-token" content="(\w+)"', page)
        assert csrf is not None
        kept = {name: unescape(fields[name]) for name in ("digest", "mandate", "replaces", "municipality")}
        headers = {"X-CSRF-Token": csrf[1], "Accept": "application/json"}
        begin = browser.post(f"{HOME}/sign/passkey/begin", json=kept | {"answer": "signs"}, headers=headers)
        begun = (await clock.ask("statement and challenge", begin)).json()
        answer = mayor.key.get(challenge_of(begun["options"]))
        told = {"challenge_id": begun["challenge_id"], "response": answer}
        finish = browser.post(f"{HOME}/sign/passkey/finish", json=told, headers=headers)
        done = (await clock.ask("the signature", finish)).json()
        await clock.ask(PAGES[1], browser.get(done["location"]))


async def _look_on(port: int, token: str, ends: float, after: float, clock: Clock) -> None:
    await asyncio.sleep(after)
    async with _browser(port, token) as browser:
        while time.monotonic() < ends:
            page = (await clock.ask(PAGES[2], browser.get(f"{HOME}/board"))).text
            reload_at = time.monotonic() + RELOAD
            while time.monotonic() < min(ends, reload_at):
                await asyncio.sleep(POLL)
                news = search(r'hx-get="([^"]+)"', page)
                assert news is not None
                live = browser.get(unescape(news[1]), headers={"HX-Request": "true"})
                came = await clock.ask("news for the board", live, 200, 204)
                page = came.text or page


def _write(taken: dict[str, list[float]], mayors: int, options: argparse.Namespace, cpu: float) -> None:
    pages = [value for name in PAGES for value in taken[name]]
    rows = ["| what | requests | median ms | p95 ms |", "| --- | ---: | ---: | ---: |"]
    for name, values in {**taken, "all pages": pages}.items():
        rows.append(f"| {name} | {len(values)} | {statistics.median(values):.0f} | {_p95(values):.0f} |")
    at = datetime.now(UTC)
    shown = "\n\n".join(
        [
            f"# {mayors} mayors sign within {options.seconds:.0f} seconds",
            (
                f"{at:%Y-%m-%d}. {options.viewers} people have the board open. CPU of the server: "
                f"{cpu:.1f} s. Load average of the machine at the end: {os.getloadavg()[0]:.1f}."
            ),
            "\n".join(rows),
            f"p95 of a page: {_p95(pages):.0f} ms; wanted: under {GOAL:.0f}.",
        ]
    )
    stem = RESULTS / f"{at:%Y-%m-%dT%H-%M}-signing-hour"
    stem.with_suffix(".md").write_text(shown + "\n", encoding="utf-8")
    lines = [
        json.dumps({"what": what, "number": place, "ms": round(value, 2), "at": at.isoformat()})
        for what, values in taken.items()
        for place, value in enumerate(values, 1)
    ]
    stem.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\n{shown}\n\nWritten: {stem}.md, {stem}.jsonl")


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


if __name__ == "__main__":
    main()
