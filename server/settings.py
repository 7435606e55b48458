"""Settings come from the environment, are read once, and reach nothing but `app` and the command line."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from server.domain.people.providers import Provider
from server.domain.people.sessions import SessionLimits
from server.domain.record.retention import Retention
from server.domain.release.archive import XdomeaVersion

MAX_HOURS: Final = 24 * 365
MAX_DAYS: Final = 36_500
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

SETTINGS: Final[Mapping[str, str]] = {
    "KRAFTAKT_DATA": "folder for everything the service writes; `var`",
    "KRAFTAKT_DATABASE": "database URL, `postgresql+asyncpg://…`; SQLite in the data folder",
    "KRAFTAKT_HOST": "address to bind; `127.0.0.1`",
    "KRAFTAKT_PORT": "port to bind, before `PORT`; 8000",
    "KRAFTAKT_BASE_URL": "address people use: origin, passkeys, links; `http://localhost:PORT`",
    "KRAFTAKT_SECRET": "key for codes, addresses, links, webhooks; 32 or more characters; made if missing",
    "KRAFTAKT_DEMO": "1: demo people and login links in the terminal, loopback only; off",
    "KRAFTAKT_SMTP": "`smtp://user:password@host:587` or `smtps://…`; mail goes to the data folder",
    "KRAFTAKT_MAIL_FROM": "sender of mail; `kraftakt@` and the host of the address",
    "KRAFTAKT_RETURNED_MAIL": "mailbox that returned mail comes to, `imaps://user:password@host/INBOX`; none",
    "KRAFTAKT_SEAL_FILE": "PKCS#12 file with key and certificate of the seal; a test certificate",
    "KRAFTAKT_SEAL_PASSWORD": "password of that file, or the token's PIN",
    "KRAFTAKT_SEAL_MODULE": "PKCS#11 driver of a token with the key; the file then holds certificates (PEM)",
    "KRAFTAKT_SEAL_TOKEN": "name of the token; `kraftakt`",
    "KRAFTAKT_SEAL_LABEL": "name of the key in the token; `seal`",
    "KRAFTAKT_SEAL_TRUST": "PEM file with the certificates that verification trusts",
    "KRAFTAKT_TIMESTAMP_URLS": "RFC 3161 authorities, comma separated, in the order of trying; none",
    "KRAFTAKT_SESSION_IDLE": "hours without a request after which one is signed out; 12",
    "KRAFTAKT_SESSION_LIMIT": "hours after which one is signed out in any case; 168",
    "KRAFTAKT_RETENTION": "days that are kept: `sessions=0,links=1,mails=90,invitations=180`, or some",
    "KRAFTAKT_OIDC": "JSON file with the municipalities' OpenID Connect providers; none",
    "KRAFTAKT_WEBHOOKS_PRIVATE": "1: webhooks may go into private networks, to any port, without TLS; off",
    "KRAFTAKT_XDOMEA": "version of the messages to E-Akten, `4.0.0` or `3.0.0`; 4.0.0",
    "KRAFTAKT_FORWARDED_IPS": "addresses of proxies whose X-Forwarded-For counts; none",
    "KRAFTAKT_FAST_PATHS": (
        "of `answers`, `commits` and `sockets` those that stay on, comma separated, or `none`; all"
    ),
}
"""Name → meaning and default, as the README lists them."""


class BadSettings(Exception):
    """Says which setting is wrong and what to write instead."""


class FastPath(StrEnum):
    """What goes past the libraries. Without it everything works the same and costs more CPU."""

    ANSWERS = "answers"
    """What is public, in a rush: `server/web/http/kept/README.md`."""
    COMMITS = "commits"
    """Small commits on the event loop: `server/storage/engine/README.md`."""
    SOCKETS = "sockets"
    """Messages of the rooms past ASGI: `server/web/live/README.md`."""


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    database: str
    host: str
    port: int
    base_url: str
    secret: bytes
    demo: bool
    smtp: str | None
    mail_from: str
    returned_mail: str
    seal_file: Path | None
    seal_password: str
    seal_module: Path | None
    seal_token: str
    seal_label: str
    seal_trust: Path | None
    timestamp_urls: tuple[str, ...]
    session_limits: SessionLimits
    retention: Retention
    providers: tuple[Provider, ...]
    webhooks_private: bool
    xdomea: XdomeaVersion
    forwarded_ips: str
    fast_paths: frozenset[FastPath]

    @property
    def host_name(self) -> str:
        """The relying party's id (WebAuthn level 2, section 5.1.2): the host without port."""
        return urlsplit(self.base_url).hostname or "localhost"


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises BadSettings. Makes the data folder."""
    data = Path(environ.get("KRAFTAKT_DATA") or "var").resolve()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"KRAFTAKT_DATA: the folder {data} cannot be made: {error.strerror}.") from error
    port = _port(environ)
    demo = environ.get("KRAFTAKT_DEMO", "") not in ("", "0")
    host = environ.get("KRAFTAKT_HOST", "127.0.0.1")
    if demo and host not in LOOPBACK:
        raise BadSettings(
            "The demo signs anybody in. It serves 127.0.0.1 only: unset KRAFTAKT_HOST or KRAFTAKT_DEMO."
        )
    base_url = (environ.get("KRAFTAKT_BASE_URL") or f"http://localhost:{port}").rstrip("/")
    _ensure_base_url(base_url)
    trust, seal = environ.get("KRAFTAKT_SEAL_TRUST"), environ.get("KRAFTAKT_SEAL_FILE")
    module = environ.get("KRAFTAKT_SEAL_MODULE")
    if module and not seal:
        raise BadSettings("With KRAFTAKT_SEAL_MODULE, KRAFTAKT_SEAL_FILE names the certificates (PEM).")
    return Settings(
        data=data,
        database=environ.get("KRAFTAKT_DATABASE") or f"sqlite+aiosqlite:///{data / 'kraftakt.db'}",
        host=host,
        port=port,
        base_url=base_url,
        secret=_secret(environ.get("KRAFTAKT_SECRET"), data / "secret"),
        demo=demo,
        smtp=environ.get("KRAFTAKT_SMTP") or None,
        returned_mail=_read_mailbox(environ.get("KRAFTAKT_RETURNED_MAIL", "")),
        mail_from=environ.get("KRAFTAKT_MAIL_FROM") or f"kraftakt@{urlsplit(base_url).hostname}",
        seal_file=Path(seal) if seal else None,
        seal_password=environ.get("KRAFTAKT_SEAL_PASSWORD", ""),
        seal_module=Path(module) if module else None,
        seal_token=environ.get("KRAFTAKT_SEAL_TOKEN") or "kraftakt",
        seal_label=environ.get("KRAFTAKT_SEAL_LABEL") or "seal",
        seal_trust=Path(trust) if trust else None,
        timestamp_urls=_list(environ.get("KRAFTAKT_TIMESTAMP_URLS", "")),
        session_limits=_session_limits(environ),
        retention=_retention(environ.get("KRAFTAKT_RETENTION", "")),
        providers=_providers(environ.get("KRAFTAKT_OIDC", "")),
        webhooks_private=environ.get("KRAFTAKT_WEBHOOKS_PRIVATE", "") not in ("", "0"),
        xdomea=_xdomea(environ.get("KRAFTAKT_XDOMEA", "")),
        forwarded_ips=environ.get("KRAFTAKT_FORWARDED_IPS", ""),
        fast_paths=read_fast_paths(environ.get("KRAFTAKT_FAST_PATHS", "")),
    )


def read_fast_paths(text: str) -> frozenset[FastPath]:
    """All of them for an empty text. Raises BadSettings."""
    names = _list(text)
    if not names:
        return frozenset(FastPath)
    if names == ("none",):
        return frozenset()
    try:
        return frozenset(map(FastPath, names))
    except ValueError as error:
        known = ", ".join(FastPath)
        raise BadSettings(f"KRAFTAKT_FAST_PATHS is none, or some of: {known}; not {text!r}.") from error


def _read_mailbox(url: str) -> str:
    """Raises BadSettings without repeating it: it holds a password."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username):
        raise BadSettings("KRAFTAKT_RETURNED_MAIL is imaps://user:password@host/INBOX.")
    if parts.scheme == "imap" and parts.hostname not in LOOPBACK:
        raise BadSettings("KRAFTAKT_RETURNED_MAIL begins with imaps:// unless it is this machine.")
    return url


def _xdomea(version: str) -> XdomeaVersion:
    try:
        return XdomeaVersion(version or XdomeaVersion.V4)
    except ValueError as error:
        known = " or ".join(XdomeaVersion)
        raise BadSettings(f"KRAFTAKT_XDOMEA is {known}, not {version!r}.") from error


def _session_limits(environ: Mapping[str, str]) -> SessionLimits:
    usual = SessionLimits()
    idle = _hours(environ, "KRAFTAKT_SESSION_IDLE", usual.idle)
    limit = _hours(environ, "KRAFTAKT_SESSION_LIMIT", usual.limit)
    if idle > limit:
        raise BadSettings("KRAFTAKT_SESSION_IDLE must not be more than KRAFTAKT_SESSION_LIMIT.")
    return SessionLimits(idle, limit)


def _providers(path: str) -> tuple[Provider, ...]:
    """A list of objects with the fields of `Provider`, domains as a list."""
    if not path:
        return ()
    try:
        found = json.loads(Path(path).read_text("utf-8"))
        providers = tuple(
            Provider(**{**each, "domains": frozenset(map(str.lower, each["domains"]))}) for each in found
        )
        urls = [urlsplit(provider.issuer) for provider in providers]
    except OSError as error:
        raise BadSettings(f"KRAFTAKT_OIDC: {path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        names = ", ".join(field.name for field in fields(Provider))
        raise BadSettings(f"KRAFTAKT_OIDC: {path} is a JSON list of objects with {names}.") from error
    if any(url.scheme != "https" and url.hostname not in LOOPBACK for url in urls):
        raise BadSettings("KRAFTAKT_OIDC: an issuer's address begins with https://.")
    if len({provider.key for provider in providers}) < len(providers):
        raise BadSettings("KRAFTAKT_OIDC: every provider has a key of its own.")
    return providers


def _retention(text: str) -> Retention:
    """`links=1,mails=90`; what is not named stays as usual."""
    known = {each.name for each in fields(Retention)}
    given: dict[str, timedelta] = {}
    for part in _list(text):
        name, _, days = part.partition("=")
        if name not in known or name in given or not days.isdecimal() or int(days) > MAX_DAYS:
            names = ", ".join(sorted(known))
            raise BadSettings(f"KRAFTAKT_RETENTION: {part!r} is none of {names} with `=` and days.")
        given[name] = timedelta(days=int(days))
    return Retention(**given)


def _hours(environ: Mapping[str, str], name: str, usual: timedelta) -> timedelta:
    text = environ.get(name) or ""
    if not text:
        return usual
    if not text.isdecimal() or not 0 < int(text) <= MAX_HOURS:
        raise BadSettings(f"{name} is a whole number of hours from 1 to {MAX_HOURS}, not {text!r}.")
    return timedelta(hours=int(text))


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("KRAFTAKT_PORT") or environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSettings(f"The port must be a number between 1 and 65535, not {text!r}.")
    return int(text)


def _ensure_base_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise BadSettings(
            "KRAFTAKT_BASE_URL is an address like https://kraftakt.example.org, without a path."
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise BadSettings("KRAFTAKT_BASE_URL needs https: browsers keep passkeys from unencrypted pages.")


def _secret(given: str | None, path: Path) -> bytes:
    if given is not None:
        if len(given) < 32:
            raise BadSettings("KRAFTAKT_SECRET needs at least 32 characters.")
        return given.encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(32).encode())
    return path.read_bytes()


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
