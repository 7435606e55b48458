"""A table over a closed union has a row for every member: a new role, answer or phase cannot be forgotten."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from itertools import product
from types import ModuleType

import pytest

import server

NOT_IMPORTED = ("server.__main__", "server.storage.migrations")
"""Run when they are imported."""
Table = Mapping[object, object]


def tables() -> dict[str, Table]:
    """Every mapping at the top of a module whose keys are members of an enum, or tuples of them. One that
    other modules import is named by the module that annotates it."""
    found: dict[int, tuple[str, Table]] = {}
    for module in modules():
        for name, value in vars(module).items():
            is_table = isinstance(value, Mapping) and value and unions_of(value)
            if is_table and (id(value) not in found or name in vars(module).get("__annotations__", {})):
                found[id(value)] = (f"{module.__name__}.{name}", value)
    return dict(found.values())


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(server.__path__, "server."):
        if not found.name.startswith(NOT_IMPORTED):
            yield import_module(found.name)


def unions_of(table: Table) -> tuple[type[Enum], ...]:
    """The enums that the keys come from, one for each place of a tuple; none for any other mapping."""
    kinds = {tuple(type(part) for part in parts_of(key)) for key in table}
    (only, *others) = kinds
    return only if not others and all(issubclass(kind, Enum) for kind in only) else ()


def parts_of(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) else (key,)


TABLES = tables()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_member_has_its_row(table: Table) -> None:
    wanted = set(product(*unions_of(table)))
    assert wanted - {parts_of(key) for key in table} == set()


@pytest.mark.parametrize(
    "union", ["Answer", "Level", "MandateKind", "MunicipalityKind", "Outcome", "Phase", "Role"]
)
def test_the_search_finds_tables_over_every_union_that_has_some(union: str) -> None:
    assert union in {kind.__name__ for table in TABLES.values() for kind in unions_of(table)}
