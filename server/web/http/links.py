"""Something to press that leads on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """`label` is in the source language; `href` a path on this site."""

    label: str
    href: str
