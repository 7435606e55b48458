"""Rows of a table of municipalities, districts and associations, as the register takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from server.domain.people.invitations.columns import plain
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sentences import N_

LONGEST_NAME: Final = 100
LATITUDES: Final = (47.0, 56.0)
LONGITUDES: Final = (5.0, 16.0)
"""Of Germany."""


class RegisterColumn(StrEnum):
    """In the order that is taken for granted where there are no headings."""

    AGS = "ags"
    NAME = "name"
    KIND = "kind"
    DISTRICT = "district"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    INHABITANTS = "inhabitants"


_HEADINGS: Final[Mapping[RegisterColumn, frozenset[str]]] = {
    RegisterColumn.AGS: frozenset({"ags", "schlüssel", "gemeindeschlüssel", "amtlicher gemeindeschlüssel"}),
    RegisterColumn.NAME: frozenset({"name", "gemeinde", "kommune", "gemeindename", "municipality"}),
    RegisterColumn.KIND: frozenset({"art", "typ", "status", "bezeichnung", "kind"}),
    RegisterColumn.DISTRICT: frozenset({"kreis", "landkreis", "district"}),
    RegisterColumn.LATITUDE: frozenset({"breite", "breitengrad", "lat", "latitude"}),
    RegisterColumn.LONGITUDE: frozenset({"länge", "längengrad", "lon", "lng", "longitude"}),
    RegisterColumn.INHABITANTS: frozenset({"einwohner", "einwohnerzahl", "bevölkerung", "inhabitants"}),
}
_KINDS: Final[Mapping[str, MunicipalityKind]] = {
    "große kreisstadt": MunicipalityKind.GROSSE_KREISSTADT,
    "grosse kreisstadt": MunicipalityKind.GROSSE_KREISSTADT,
    "stadt": MunicipalityKind.STADT,
    "gemeinde": MunicipalityKind.GEMEINDE,
    "landkreis": MunicipalityKind.LANDKREIS,
    "kreis": MunicipalityKind.LANDKREIS,
    "verband": MunicipalityKind.VERBAND,
    "gemeindeverwaltungsverband": MunicipalityKind.VERBAND,
    "verwaltungsverband": MunicipalityKind.VERBAND,
    "zweckverband": MunicipalityKind.VERBAND,
    **{plain(kind.value): kind for kind in MunicipalityKind},
}


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """`inhabitants` is None where the table does not say."""

    town: Municipality
    district: str
    latitude: float
    longitude: float
    inhabitants: int | None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A sentence with its facts."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """`line` is the spreadsheet's, `cells` stand in the order of `RegisterColumn`. Without an entry there are
    problems. `known_as`: the name that the register has for this key, if it is another one."""

    line: int
    cells: Sequence[str]
    entry: RegisterEntry | None
    problems: Sequence[RowProblem] = ()
    known_as: str = ""


def judge_register(lines: Sequence[tuple[int, Sequence[str]]], known: Mapping[str, str]) -> list[RegisterRow]:
    """`lines`: number and cells. `known`: names in the register by official key."""
    columns = _headings(lines[0][1]) if lines else None
    rows = lines[1:] if columns else lines
    places = columns or {column: place for place, column in enumerate(RegisterColumn)}
    seen: dict[str, int] = {}
    return [_judge(line, cells, places, known, seen) for line, cells in rows]


def _headings(cells: Sequence[str]) -> dict[RegisterColumn, int] | None:
    words = [plain(cell) for cell in cells]
    found = {
        column: place
        for column, headings in _HEADINGS.items()
        for place in reversed(range(len(words)))
        if words[place] in headings
    }
    return found if RegisterColumn.AGS in found and RegisterColumn.NAME in found else None


def _judge(
    line: int,
    cells: Sequence[str],
    places: Mapping[RegisterColumn, int],
    known: Mapping[str, str],
    seen: dict[str, int],
) -> RegisterRow:
    given = {
        column: cells[places[column]].strip() if places.get(column, len(cells)) < len(cells) else ""
        for column in RegisterColumn
    }
    kind = _KINDS.get(plain(given[RegisterColumn.KIND]))
    ags = _key(given[RegisterColumn.AGS], kind)
    at = _coordinates(given)
    inhabitants = _number(given[RegisterColumn.INHABITANTS])
    problems = [*_problems(given, ags, kind, at, inhabitants)]
    if ags in seen:
        problems.append(RowProblem(N_("This key stands in row %(line)s already."), {"line": seen[ags]}))
    if problems or kind is None or at is None:
        return RegisterRow(line, tuple(given.values()), None, problems)
    seen[ags] = line
    name = given[RegisterColumn.NAME]
    entry = RegisterEntry(
        Municipality(ags, name, kind), given[RegisterColumn.DISTRICT], *at, inhabitants or None
    )
    before = known.get(ags, name)
    return RegisterRow(line, tuple(given.values()), entry, known_as=before if before != name else "")


def _problems(
    given: Mapping[RegisterColumn, str],
    ags: str,
    kind: MunicipalityKind | None,
    at: tuple[float, float] | None,
    inhabitants: int | None,
) -> Iterable[RowProblem]:
    name, district = given[RegisterColumn.NAME], given[RegisterColumn.DISTRICT]
    if not ags:
        yield RowProblem(N_("The official key needs eight figures, that of a district five."))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield RowProblem(N_("The name is missing, too long, or holds characters that no page can show."))
    if len(district) > LONGEST_NAME or not district.isprintable():
        yield RowProblem(N_("The district is too long, or holds characters that no page can show."))
    if kind is None:
        yield RowProblem(N_("The kind must be Große Kreisstadt, Stadt, Gemeinde, Landkreis or Verband."))
    if at is None:
        yield RowProblem(N_("The coordinates must be degrees in Germany, such as 48.47 and 7.94."))
    if inhabitants is None:
        yield RowProblem(N_("The number of inhabitants must be a whole number, or empty."))


def _key(typed: str, kind: MunicipalityKind | None) -> str:
    """Spreadsheets drop the leading zero of the first nine Länder; a district's key has five figures and is
    kept with three zeros more. Empty for what is no key."""
    figures = "".join(typed.split())
    if not re.fullmatch(r"[0-9]{4,8}", figures):
        return ""
    if kind is MunicipalityKind.LANDKREIS and len(figures) in (4, 5):
        return figures.zfill(5) + "000"
    return figures.zfill(8) if len(figures) in (7, 8) else ""


def _coordinates(given: Mapping[RegisterColumn, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = (
            float(given[column].replace(",", "."))
            for column in (RegisterColumn.LATITUDE, RegisterColumn.LONGITUDE)
        )
    except ValueError:
        return None
    inside = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    return (latitude, longitude) if inside else None


def _number(typed: str) -> int | None:
    """Zero for an empty cell, None for what is no number."""
    figures = re.sub(r"[\s.'’]", "", typed)
    if not figures:
        return 0
    return int(figures) if re.fullmatch(r"[0-9]{1,8}", figures) else None
