"""When somebody last proved who they are, and where they prove it again.

A page that leads to a deciding act begins with `ensure_fresh(request)`: the person proves who they are and
comes back. The action decides itself (`Services.deciding_act`); what was typed into a form whose proof has
grown old meanwhile goes along and arrives after all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from server.domain.addresses import safe_path
from server.domain.errors import NotSignedIn
from server.domain.people import sessions
from server.web.http.context import services_of
from server.web.http.visits import visit_of

CONFIRM: Final = "/account/confirm"


def proven_at(request: Request) -> datetime:
    """When the person last proved in this session who they are. Raises NotSignedIn."""
    at = visit_of(request).proven_at
    if at is None:
        raise NotSignedIn()
    return at


def ensure_fresh(request: Request) -> None:
    """Raises ProofNeeded, which leads to the confirmation and back to this page."""
    sessions.ensure_fresh(proven_at(request), services_of(request).now())


def confirm_address(next_path: str) -> str:
    return f"{CONFIRM}?next={quote(safe_path(next_path), safe='')}"


def page_of(request: Request) -> str:
    """The page that a request comes from, which browsers name to the same site only."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    return safe_path(parts.path + (f"?{parts.query}" if parts.query else ""))
