"""Which browser on which system, in words: the little that is kept of what a browser says about itself."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection

from server.actions.people.account.entering import Browser
from server.web.http.visits import visit_of
from server.web.sentences.messages import N_, Message

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What stands in `User-Agent`, the telling first: almost all claim to be Chrome and Safari as well."""
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def read_device(user_agent: str) -> str:
    """`Firefox/Windows`; a part that is not known stays empty."""
    browser, system = (
        next((name for sign, name in names if sign in user_agent), "") for names in (BROWSERS, SYSTEMS)
    )
    return f"{browser}/{system}"


def device_in_words(device: str) -> Message:
    browser, _, system = device.partition("/")
    if browser and system:
        return Message(N_("%(browser)s on %(system)s"), {"browser": browser, "system": system})
    if known := browser or system:
        return Message(N_("%(device)s"), {"device": known})
    return Message(N_("Unknown device"))


def browser_of(connection: HTTPConnection) -> Browser:
    """From which somebody signs in."""
    visit = visit_of(connection)
    return Browser(
        secret=visit.secret,
        earlier=visit.session_token,
        device=read_device(connection.headers.get("user-agent", "")),
        language=visit.language,
    )
