"""The form of each section: what its fields hold, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from server.domain.errors import InvalidInput
from server.domain.sign_offs.statements import Level
from server.domain.terms.quorum import (
    EveryMajorTown,
    MustHaves,
    Rule,
    ShareOfInhabitants,
    ShareOfMunicipalities,
    SimpleRule,
    all_of,
    parse_share,
    parts_of,
)
from server.domain.terms.settings import (
    Asked,
    Deadline,
    Embargo,
    Languages,
    Offices,
    PlaceAndDay,
    Quorum,
    Release,
    Section,
    Setting,
    TitleAndIssuer,
    Ways,
)
from server.web.declarations.moments import moment_fields, read_day, read_moment
from server.web.http.forms import Form

TOWN, WAY, LANGUAGE = "town-", "way-", "language-"
"""What the names of the boxes begin with."""
LONGEST_TITLE: Final = 300
LONGEST_PLACE: Final = 100
FIELDS_AT_MOST: Final = 2_000
"""A box for each municipality of a Land."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read_title(form: Form) -> Setting:
    title, issuer = (_one_line(form.text(name, LONGEST_TITLE)) for name in ("title", "issuer"))
    return TitleAndIssuer(title, issuer)


def _read_place(form: Form) -> Setting:
    return PlaceAndDay(_one_line(form.optional_text("place", LONGEST_PLACE)), read_day(form, "day"))


def _read_quorum(form: Form) -> Setting:
    parts: list[SimpleRule] = []
    kinds = form.chosen("rule-")
    if "municipalities" in kinds:
        parts.append(ShareOfMunicipalities(_share(form, "share")))
    if "major_towns" in kinds:
        parts.append(EveryMajorTown())
    if "must_haves" in kinds:
        towns = form.chosen(TOWN)
        if not towns:
            raise InvalidInput(field="must_haves")
        parts.append(MustHaves(towns))
    if "inhabitants" in kinds:
        parts.append(ShareOfInhabitants(_share(form, "inhabitants")))
    return Quorum(all_of(parts))


def _share(form: Form, name: str) -> Fraction:
    try:
        return parse_share(form.text(name, 10))
    except ValueError as error:
        raise InvalidInput(field=name) from error


def _read_ways(form: Form) -> Setting:
    chosen = form.chosen(WAY)
    return Ways(frozenset(level for level in Level if level.value in chosen))


def _read_languages(form: Form) -> Setting:
    return Languages(tuple(form.chosen(LANGUAGE)))


READERS: Final[Mapping[Section, Callable[[Form], Setting]]] = {
    Section.TITLE: _read_title,
    Section.PLACE: _read_place,
    Section.DEADLINE: lambda form: Deadline(read_moment(form, "at")),
    Section.EMBARGO: lambda form: Embargo(read_moment(form, "at")),
    Section.RELEASE: lambda form: Release(read_moment(form, "at"), bool(form.optional_text("four_eyes", 10))),
    Section.MUNICIPALITIES: lambda form: Asked(form.chosen(TOWN)),
    Section.OFFICES: lambda form: Offices(bool(form.optional_text("may_invite", 10))),
    Section.QUORUM: _read_quorum,
    Section.WAYS: _read_ways,
    Section.LANGUAGES: _read_languages,
}
"""Each raises InvalidInput."""


def fields_of(setting: Setting) -> Mapping[str, str]:
    """What the form holds for it, boxes that are ticked as "on"."""
    match setting:
        case TitleAndIssuer(title, issuer):
            fields = {"title": title, "issuer": issuer}
        case PlaceAndDay(place, day):
            fields = {"place": place, "day": day.isoformat() if day else ""}
        case Deadline(at) | Embargo(at):
            fields = dict(moment_fields("at", at))
        case Release(at, four_eyes):
            fields = {**moment_fields("at", at), **({"four_eyes": "on"} if four_eyes else {})}
        case Asked(keys):
            fields = _ticked(TOWN, keys)
        case Offices(may_invite):
            fields = {"may_invite": "on"} if may_invite else {}
        case Quorum(rule):
            fields = _rule_fields(rule)
        case Ways(levels):
            fields = _ticked(WAY, levels)
        case Languages(languages):
            fields = _ticked(LANGUAGE, languages)
    return fields


def _ticked(prefix: str, names: frozenset[str] | frozenset[Level] | tuple[str, ...]) -> dict[str, str]:
    return {f"{prefix}{name}": "on" for name in names}


def _rule_fields(rule: Rule) -> dict[str, str]:
    fields = {"share": "2/3", "inhabitants": "2/3"}
    for part in parts_of(rule):
        match part:
            case ShareOfMunicipalities(share):
                fields |= {"rule-municipalities": "on", "share": str(share)}
            case EveryMajorTown():
                fields |= {"rule-major_towns": "on"}
            case MustHaves(keys):
                fields |= {"rule-must_haves": "on", **_ticked(TOWN, keys)}
            case ShareOfInhabitants(share):
                fields |= {"rule-inhabitants": "on", "inhabitants": str(share)}
    return fields
