"""Which language a page speaks."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection

from server.domain.people.languages import DEFAULT, Language, as_language

COOKIE: Final = "kraftakt_language"
PARAMETER: Final = "lang"


def chosen_language(connection: HTTPConnection) -> Language | None:
    """The one asked for in the address, if any."""
    return as_language(connection.query_params.get(PARAMETER))


def negotiate(connection: HTTPConnection) -> Language:
    """Address, then cookie, then the browser's list (RFC 9110 section 12.5.4), then German."""
    return (
        chosen_language(connection)
        or as_language(connection.cookies.get(COOKIE))
        or _accepted(connection.headers.get("accept-language", ""))
        or DEFAULT
    )


def _accepted(header: str) -> Language | None:
    ranked = sorted((_weighed(part) for part in header.split(",")[:20]), key=lambda pair: -pair[0])
    return next((language for weight, language in ranked if language and weight > 0), None)


def _weighed(part: str) -> tuple[float, Language | None]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or 1), as_language(tag.strip().lower().split("-")[0])
    except ValueError:
        return 0.0, None
