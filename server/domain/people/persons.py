"""Persons with an account."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.people.languages import DEFAULT, Language


@dataclass(frozen=True, slots=True)
class Person:
    """`language`: in which mail to them is written. `may_create`: declarations, whatever else they are."""

    id: int
    email: str
    name: str
    language: Language = DEFAULT
    may_create: bool = False
