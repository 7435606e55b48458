"""Requests to the application itself, without a network: what came back, in a word."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from server.web.http.visits import SESSION_COOKIE, VISITOR_COOKIE
from tests.web.rights.people import VISITOR

ALLOWED = frozenset({200, 204, 303})


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)
    json: str = ""
    file: str = ""

    @property
    def body(self) -> bytes:
        if self.json:
            return self.json.encode()
        if self.file:
            parts = {**self.fields, "table": self.file}.items()
            head = '--xx\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
            return ("".join(head.format(name, text) for name, text in parts) + "--xx--\r\n").encode()
        return urlencode(self.fields).encode()

    @property
    def type(self) -> str:
        if self.json:
            return "application/json"
        return "multipart/form-data; boundary=xx" if self.file else "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Came:
    status: int
    location: str
    body: bytes

    @property
    def word(self) -> int:
        """A status; who is sent to sign in counts as not signed in."""
        return 401 if self.status == 303 and self.location.startswith("/login?") else self.status


def token_of(secret: str) -> str:
    return hmac.new(secret.encode(), b"kraftakt csrf", hashlib.sha256).hexdigest()


async def ask(app: Any, base_url: str, who: str, call: Call) -> Came:
    """`who` is signed in with their name as the session's token."""
    host = base_url.partition("://")[2]
    cookie = f"{VISITOR_COOKIE}={who}" if who == VISITOR else f"{SESSION_COOKIE}={who}"
    headers = {"host": host, "accept": "text/html", "accept-language": "de", "cookie": cookie}
    if call.method == "POST":
        headers |= {"content-type": call.type, "content-length": str(len(call.body))}
        headers["x-csrf-token"] = token_of(who)
    path, _, query = call.path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": base_url.partition("://")[0],
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": (host, 80),
        "state": {},
    }
    sent: list[dict[str, Any]] = []
    given = iter([{"type": "http.request", "body": call.body if call.method == "POST" else b""}])

    async def receive() -> dict[str, Any]:
        return next(given, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        if not sent:
            raise
    location = dict(sent[0]["headers"]).get(b"location", b"").decode()
    return Came(sent[0]["status"], location, b"".join(part.get("body", b"") for part in sent[1:]))
