"""What every handler may use, reached through typed accessors."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path
from typing import Final

from starlette.requests import HTTPConnection

from server.actions.services import Services
from server.domain.text.content import Block
from server.web.http.bodies.body_budget import BodyBudget
from server.web.http.kept.feeds import Feeds
from server.web.http.kept.parts import KeptParts
from server.web.http.kept.quick import QuickAnswers
from server.web.http.kept.watchers import Watchers
from server.web.http.pages.static import StaticFiles
from server.web.http.pages.templating import Pages
from server.web.http.rate_limits import RateLimits, create_rate_limits

MAX_SECTIONS: Final = 16
MAX_PUBLIC: Final = 256
"""Pages and files of published declarations that are kept in memory; the largest take some 100 kB."""
SCOPE_KEY: Final = "kraftakt.web"
Check = Callable[[], Awaitable[Mapping[str, object]]]
"""Answers `/health` or `/ready`: a JSON object; an exception means unwell."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the files lie that pages are made of."""

    templates: Path
    locale: Path
    dist: Path
    client_strings: Path

    @classmethod
    def below(cls, root: Path) -> Folders:
        """In a checkout, or wherever the project's top folder was put."""
        return cls(
            templates=root / "templates",
            locale=root / "server" / "locale",
            dist=root / "client" / "dist",
            client_strings=root / "client" / "src" / "strings.json",
        )


@dataclass(frozen=True, slots=True)
class Web:
    services: Services
    pages: Pages
    files: StaticFiles
    limits: RateLimits
    bodies: BodyBudget
    parts: KeptParts[bytes]
    """Parts of pages, rendered."""
    sections: KeptParts[Sequence[Block]]
    """What guests of workshops read; a text takes some 200 kB."""
    feeds: Feeds
    public: Feeds
    """What everybody may read, as bytes."""
    quick: QuickAnswers | None
    """None where this fast path is off."""
    watchers: Watchers
    check: Check
    ready: Check
    origins: tuple[str, ...]
    """Where forms may come from: our own address, by all its names."""
    client_strings: Mapping[str, str]
    """The client's sentences, in the source language, by key."""


def create_web(
    services: Services,
    check: Check,
    folders: Folders,
    origins: tuple[str, ...] | None = None,
    ready: Check | None = None,
    *,
    quick: bool = True,
) -> Web:
    """Reads catalogues, templates and built files once, at start.

    `origins`: by default `base_url`; `ready`: by default `check`; `quick`: answers to everybody are
    kept as they left."""
    files = StaticFiles(folders.dist)
    public = Feeds(time.monotonic, MAX_PUBLIC)
    limits = create_rate_limits(time.monotonic, services.secret, services.rooms.tell_taken)
    services.rooms.taken_elsewhere = limits.heard
    return Web(
        services=services,
        pages=Pages(folders.templates, folders.locale, files),
        files=files,
        limits=limits,
        bodies=BodyBudget(),
        parts=KeptParts(),
        sections=KeptParts(MAX_SECTIONS),
        feeds=Feeds(time.monotonic),
        public=public,
        quick=QuickAnswers(public) if quick else None,
        watchers=Watchers(time.monotonic),
        check=check,
        ready=ready or check,
        origins=origins or (services.base_url,),
        client_strings=_read_strings(folders.client_strings),
    )


def _read_strings(path: Path) -> Mapping[str, str]:
    """Empty where the client's sources are not there."""
    strings: object = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if not isinstance(strings, dict):
        raise TypeError(f"{path} holds no JSON object")
    return strings


def web_of(connection: HTTPConnection) -> Web:
    web = connection.scope[SCOPE_KEY]
    if not isinstance(web, Web):
        raise TypeError("the web middleware is missing")
    return web


def services_of(connection: HTTPConnection) -> Services:
    return web_of(connection).services


def network_of(connection: HTTPConnection) -> str:
    """The network a request comes from; the server in front is trusted to name the address.

    Of IPv6 the first 64 bits: the rest one subscriber chooses (RFC 6177).
    """
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return host
    inner = address.ipv4_mapped
    return str(inner) if inner else str(ip_network((int(address), 64), strict=False))
