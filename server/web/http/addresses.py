"""Addresses of declarations."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

DECLARATION: Final = "/declarations/{slug}"
"""What the routes of a declaration's pages begin with."""


def slug_of(request: Request) -> str:
    return str(request.path_params["slug"])


def declaration_path(request: Request, page: str = "") -> str:
    """A page of the declaration that the request is about."""
    path = DECLARATION.format(slug=slug_of(request))
    return f"{path}/{page}" if page else path
