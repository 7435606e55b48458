"""Notices as they wait: the name of their class and their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from server.mail import notices
from server.mail.notices import Notice


def name_of(notice: Notice) -> str:
    return type(notice).__name__


def payload_of(notice: Notice) -> dict[str, Any]:
    """Nothing but JSON: texts, numbers, truth values."""
    return {field.name: getattr(notice, field.name) for field in fields(notice)}


def read_notice(name: str, payload: Mapping[str, Any]) -> Notice:
    """Raises ValueError for what no class of this release takes: it may have been a later release's."""
    kind = next((kind for kind in every_notice() if kind.__name__ == name), None)
    if kind is None or set(payload) != {field.name for field in fields(kind)}:
        raise ValueError(f"no notice {name} with these fields")
    return kind(**payload)


def every_notice() -> list[type[Notice]]:
    return [
        kind
        for kind in vars(notices).values()
        if isinstance(kind, type) and issubclass(kind, Notice) and kind is not Notice
    ]
