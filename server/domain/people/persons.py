"""Persons with an account."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.people.languages import DEFAULT, Language


@dataclass(frozen=True, slots=True)
class Person:
    """`language`: in which mail to them is written."""

    id: int
    email: str
    name: str
    language: Language = DEFAULT
