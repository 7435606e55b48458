"""Notices as they wait: the name of their class and their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from server.mail.notices import account, declarations, letters, people, sign_offs, text
from server.mail.notices.notice import Notice


def name_of(notice: Notice) -> str:
    return type(notice).__name__


def payload_of(notice: Notice) -> dict[str, Any]:
    """Nothing but JSON: texts, numbers, truth values, and notices inside of it in the same form."""
    return {field.name: _stored(getattr(notice, field.name)) for field in fields(notice)}


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{"notice": name_of(item), "payload": payload_of(item)} for item in value]
    return value


def read_notice(name: str, payload: Mapping[str, Any]) -> Notice:
    """Raises ValueError for what no class of this release takes: it may have been a later release's."""
    kind = next((kind for kind in every_notice() if kind.__name__ == name), None)
    if kind is None or not _fits(kind, set(payload)):
        raise ValueError(f"no notice {name} with these fields")
    return kind(**{field: _read(value) for field, value in payload.items()})


def _fits(kind: type[Notice], names: set[str]) -> bool:
    """A field with a default may be missing: an earlier release's notice may wait still."""
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    return needed <= names <= {field.name for field in fields(kind)}


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(read_notice(item["notice"], item["payload"]) for item in value)
    return value


def every_notice() -> list[type[Notice]]:
    return [
        kind
        for module in (account, declarations, letters, people, sign_offs, text)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Notice) and kind is not Notice
    ]
