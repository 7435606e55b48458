"""The name that a guest of a workshop typed, so that the next note need not ask for it again. It stays in the
guest's browser until that is closed, in a cookie that goes to this workshop's address alone."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.web.http.context import services_of
from server.web.http.visits import is_secure, visit_of

COOKIE: Final = "kraftakt_guest"


def remember_guest(response: Response, request: Request, name: str) -> None:
    """Signed with this browser's own secret and the address: it is worth nothing elsewhere."""
    words = name.encode().hex()
    response.set_cookie(
        COOKIE,
        f"{words}.{_signature(request, words)}",
        path=request.url.path,
        httponly=True,
        samesite="lax",
        secure=is_secure(services_of(request)),
    )


def remembered_guest(request: Request) -> str:
    """Empty for somebody who has not said a name in this workshop yet."""
    words, _, signature = request.cookies.get(COOKIE, "").partition(".")
    if not words or not hmac.compare_digest(signature.encode(), _signature(request, words).encode()):
        return ""
    return bytes.fromhex(words).decode()


def _signature(request: Request, words: str) -> str:
    message = f"kraftakt guest {request.url.path} {words}"
    return hmac.new(visit_of(request).secret.encode(), message.encode(), hashlib.sha256).hexdigest()
