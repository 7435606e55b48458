"""Rights of a person, whatever they are in any declaration (`server.domain.permissions` is about one)."""

from __future__ import annotations

from server.domain.people.persons import Person


def may_create_declarations(person: Person) -> bool:
    return person.may_create


def may_edit_pages(person: Person) -> bool:
    """Privacy notice, imprint, accessibility statement of the service: those who may create declarations."""
    return person.may_create


def may_erase_others(person: Person) -> bool:
    """Erases name and address of somebody who takes part only in what this person coordinates."""
    return person.may_create
