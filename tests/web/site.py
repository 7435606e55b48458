"""The whole application over a world, and people who open its pages without a browser.

A person keeps cookies, and sends forms with the token of the page they opened last, as a browser does.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import Engine, event

from server.app import create_app
from server.domain.people.roles import Role
from server.storage.declarations import seeding
from server.storage.people import sessions
from tests.world import LAHR, SLUG, Letter, World

HOME = f"/declarations/{SLUG}"
_TOKEN = re.compile(r'<meta name="csrf-token" content="([0-9a-f]{64})">')
_MAIN = re.compile(r"<main.*?</main>", re.S)
_HEAD = re.compile(r'<div class="k-head">.*?</nav>', re.S)
_TABS = re.compile(r'<nav class="k-tabs".*?</nav>', re.S)
_PRIMARY = re.compile(r'<a class="kern-btn kern-btn--primary" href="([^"]+)"><span[^>]*>([^<]+)<')
_BUTTON = re.compile(r'<button class="kern-btn kern-btn--primary"[^>]*><span[^>]*>([^<]+)<')
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def answered(fields: dict[str, str], answer: str = "signs", **more: str) -> dict[str, str]:
    """What the page sends when an answer is chosen."""
    kept = {name: fields[name] for name in ("digest", "mandate", "replaces", "municipality")}
    return kept | {"answer": answer} | more


@contextmanager
def listening() -> Iterator[list[str]]:
    """The statements that any database is asked meanwhile."""
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield heard
    event.remove(Engine, "before_cursor_execute", note)


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    headers: httpx.Headers
    source: str

    @property
    def text(self) -> str:
        """What stands in the page's main part, without tags, white space as one space."""
        found = _MAIN.search(self.source)
        words = re.sub(r"<script.*?</script>|<[^>]+>", " ", found[0] if found else "", flags=re.S)
        return " ".join(html.unescape(words).split())

    @property
    def heading(self) -> str:
        return re.sub("<[^>]+>", "", re.findall(r"<h1[^>]*>(.*?)</h1>", self.source, re.S)[0]).strip()

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def main_links(self) -> list[tuple[str, str]]:
        """Where the page's main link leads, and what it says."""
        return [(href, html.unescape(label)) for href, label in _PRIMARY.findall(self.source)]

    @property
    def main_buttons(self) -> list[str]:
        return [html.unescape(label) for label in _BUTTON.findall(self.source)]

    @property
    def links(self) -> list[str]:
        """Addresses of the links in the page's main part, below the head of a declaration."""
        found = _MAIN.search(self.source)
        return re.findall(r'<a [^>]*?href="([^"]+)"', _HEAD.sub("", found[0])) if found else []

    @property
    def tabs(self) -> list[str]:
        """What the tabs of a declaration's page say, in their order."""
        found = _TABS.search(self.source)
        return re.findall(r"<a [^>]*>([^<]+)</a>", found[0]) if found else []

    @property
    def hidden_fields(self) -> dict[str, str]:
        return dict(_FIELD.findall(self.source))

    @property
    def data(self) -> Any:
        """An answer in JSON."""
        return json.loads(self.source)

    def embedded(self, name: str) -> Any:
        """JSON that stands in the page for the client."""
        found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', self.source, re.S)
        assert found is not None
        return json.loads(found[1])


class Site:
    """Beside the world's people there are Ben, who suggests for Lahr, and Frank, a stranger."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app = create_app(world.settings, world.services)

    def close(self) -> None:
        self.world.close()

    @classmethod
    def with_guests(cls, world: World) -> Site:
        site = cls(world)
        world.run(site._invite("ben", Role.SUGGESTER))
        world.run(site._invite("frank", None))
        return site

    async def _invite(self, name: str, role: Role | None) -> None:
        async with self.world.services.database.write() as db:
            email, handle = f"{name}@example.org", secrets.token_bytes(32)
            person = await seeding.add_person(
                db, email=email, name=name.capitalize(), handle=handle, now=self.world.time
            )
            if role:
                await seeding.add_participant(db, declaration_id=1, person_id=person, role=role, ags=LAHR)

    def visitor(self, name: str = "") -> Visitor:
        """Signed in by a session of their own; without a name somebody who is not signed in."""
        return Visitor(self, self.sign_in(name) if name else None)

    def returning(self, token: str) -> Visitor:
        """Somebody whose browser still has this session's cookie."""
        return Visitor(self, token)

    def sign_in(self, name: str) -> str:
        token, person, now = secrets.token_urlsafe(32), self.world.person(name), self.world.time
        self.write(sessions.append_session, token, person.id, now, now + timedelta(days=14))
        return token

    def sign_out(self, token: str) -> None:
        """As at another device."""
        self.write(sessions.end_session, token)

    def write(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """A function of the storage, in a transaction of its own."""

        async def work() -> Any:
            async with self.world.services.database.write() as db:
                return await function(db, *arguments, **named)

        return self.world.run(work())

    def statuses(self, path: str, names: str) -> dict[str, int]:
        """What each of these people (names with spaces between) gets for an address."""
        return {
            name: self.visitor("" if name == "nobody" else name).open(path).status for name in names.split()
        }

    @property
    def mails(self) -> list[Letter]:
        return self.world.letters

    def newest_code(self, name: str) -> str:
        subjects = [mail.subject for mail in self.mails if mail.recipient == f"{name}@example.org"]
        found = re.search(r"\d{4} \d{4}", subjects[-1])
        assert found is not None
        return found[0]


class Visitor:
    def __init__(self, site: Site, token: str | None) -> None:
        self.site, self.token = site, token
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(site.app, raise_app_exceptions=False),
            base_url=site.world.settings.base_url,
            headers={"Accept": "text/html", "Accept-Language": "de"},
            cookies={"kraftakt_session": token} if token else {},
        )
        self._csrf = ""

    def open(self, path: str = HOME, **headers: str) -> Page:
        return self._request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def fetch(self, path: str) -> bytes:
        """A file, byte for byte."""
        response = self.site.world.run(self._client.get(path))
        assert response.status_code == 200
        return response.content

    def take_token(self, other: Visitor) -> None:
        """As if a form of the other's page were sent from here."""
        self._csrf = other._csrf

    def send(self, path: str, files: Any = None, **fields: object) -> Page:
        """The form of the page that was opened last."""
        return self._request("POST", path, data={"csrf": self._csrf, **fields}, files=files)

    def post_json(self, path: str, **fields: object) -> Page:
        """As the client's program does."""
        headers = {"X-CSRF-Token": self._csrf, "Accept": "application/json"}
        return self._request("POST", path, json=fields, headers=headers)

    def _request(self, method: str, path: str, **options: Any) -> Page:
        response = self.site.world.run(self._client.request(method, path, **options))
        if found := _TOKEN.search(
            response.text if "html" in response.headers.get("content-type", "") else ""
        ):
            self._csrf = found[1]
        return Page(response.status_code, response.headers, response.content.decode(errors="replace"))
