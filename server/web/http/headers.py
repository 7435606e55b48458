"""Security headers, the same on every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import MutableHeaders

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the design system's icons are data addresses
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_POLICY: Final = "Content-Security-Policy"
SECURITY_HEADERS: Final[Mapping[str, str]] = {
    _POLICY: CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
_OF_HANDLERS: Final = (_POLICY, "Cross-Origin-Resource-Policy", "Referrer-Policy")
_FRAMED: Final = "frame-ancestors *"
STRICT_TRANSPORT: Final = "max-age=63072000; includeSubDomains"
REQUEST_ID: Final = "X-Request-Id"
JSON_NAME: Final = 'attachment; filename="answer.json"'
"""For programs; where a browser is led to it, it is saved under a name of ours and never shown."""


def apply_headers(headers: MutableHeaders, request_id: str, *, secure: bool) -> None:
    """Pages are not stored by caches unless the handler said otherwise; a file of ours that is shown as it
    was saved brings its own content security policy, and what is made for other sites says so. JSON is saved,
    not shown."""
    own = {name: headers[name] for name in _OF_HANDLERS if name in headers}
    headers.update(SECURITY_HEADERS)
    headers.update(own)
    if _FRAMED in own.get(_POLICY, ""):
        del headers["X-Frame-Options"]
    headers[REQUEST_ID] = request_id
    headers.setdefault("Cache-Control", "no-store")
    if headers.get("Content-Type", "").startswith("application/json"):
        headers.setdefault("Content-Disposition", JSON_NAME)
    if secure:
        headers["Strict-Transport-Security"] = STRICT_TRANSPORT
