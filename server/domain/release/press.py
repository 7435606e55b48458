"""Files for newsrooms: their names, the number of a copy, and the press release from a template.

A template holds fields in braces, `{anzahl}`, and nothing else that has braces: no loops, no conditions.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.declarations import Declaration
from server.domain.errors import Invalid, Refused
from server.domain.release.gate import is_public
from server.domain.sentences import N_
from server.domain.terms.local_time import ZONE

MAX_TEMPLATE: Final = 10_000
MAX_FILLED: Final = 20_000
"""Letters of a press release, whatever its fields hold: a kit has one for each municipality."""
_FIELD: Final = re.compile(r"\{(\w{1,40})\}")


class TemplateKind(StrEnum):
    """For all newsrooms, or one for each municipality."""

    GENERAL = "general"
    MUNICIPALITY = "municipality"

    @property
    def fields(self) -> Mapping[str, str]:
        return FIELDS if self is TemplateKind.GENERAL else {**FIELDS, **OF_MUNICIPALITY}

    @classmethod
    def named(cls, name: str) -> TemplateKind | None:
        return next((kind for kind in cls if kind == name), None)


FIELDS: Final[Mapping[str, str]] = {
    "titel": N_("title of the declaration"),
    "herausgeber": N_("who gives it"),
    "anzahl": N_("how many municipalities signed"),
    "vorbehalt": N_("how many of them subject to their councils, as the end of a sentence; else nothing"),
    "ziffern": N_("how many clauses it has"),
    "protokollerklaerungen": N_("how many statements for the record there are"),
    "sperrfrist": N_("the line with the release block; empty once it is public"),
    "ort": N_("place"),
    "datum": N_("day of the publication"),
    "adresse": N_("address of the public page"),
    "kontakt": N_("whom to ask"),
}
OF_MUNICIPALITY: Final[Mapping[str, str]] = {
    "kommune": N_("name of the municipality"),
    "name": N_("who signed for it"),
    "amt": N_("their office"),
    "protokollerklaerung": N_("its statement for the record; empty without one"),
}

LONGEST: Final[Mapping[str, int]] = {
    "titel": 300,
    "herausgeber": 300,
    "anzahl": 5,
    "vorbehalt": 40,
    "ziffern": 5,
    "protokollerklaerungen": 5,
    "sperrfrist": 80,
    "ort": 300,
    "datum": 30,
    "adresse": 200,
    "kontakt": 300,
    "kommune": 120,
    "name": 410,
    "amt": 100,
    "protokollerklaerung": 4_100,
}
"""Letters that a field takes at most; those of a municipality with two signatories and what both declared."""


class BadTemplate(Invalid):
    """A field that does not exist, or braces that are no field."""

    code = "bad_template"
    heading = N_("The template cannot be filled in")
    sentence = N_(
        "In a template braces hold one of the fields listed here, and nothing else. Not understood: %(what)s"
    )


class LongTemplate(Invalid):
    """`most` letters, `field`: the one that takes most of them."""

    code = "long_template"
    heading = N_("The press release could become too long")
    sentence = N_(
        "Filled in, the template could have more than %(most)s letters. Please shorten it, or name the field "
        "%(field)s less often."
    )


class TooManyPreviews(Refused):
    """`most` may work at the same time."""

    code = "too_many_previews"
    heading = N_("There are enough preview links")
    sentence = N_("%(most)s links work already. Please take one back before you make another.")


class ReleaseMoved(Refused):
    """Whoever fetched a copy would hold one with an hour that holds no more."""

    code = "release_moved"
    heading = N_("The release was changed meanwhile")
    sentence = N_(
        "While your file was made, its hour or the release block was changed. Please fetch it again."
    )


def ensure_unmoved(shown: Declaration, now: Declaration) -> None:
    """`shown`: what a copy says of its release; `now`: what holds. Raises ReleaseMoved."""
    said, holds = ((each.release_at, each.embargo, each.confidential) for each in (shown, now))
    if said != holds:
        raise ReleaseMoved()


def ensure_template(kind: TemplateKind, text: str) -> None:
    """Raises BadTemplate, LongTemplate."""
    unknown = [name for name in _FIELD.findall(text) if name not in kind.fields]
    rest = _FIELD.sub("", text)
    if unknown:
        raise BadTemplate(what=", ".join(f"{{{name}}}" for name in dict.fromkeys(unknown)))
    if found := re.search(r"[{}].{0,20}", rest):
        raise BadTemplate(what=found[0])
    _ensure_size(_FIELD.findall(text), len(rest))


def _ensure_size(names: Sequence[str], around: int) -> None:
    """Whatever the fields will hold: statements come in after the template was saved."""
    taken: Counter[str] = Counter()
    for name in names:
        taken[name] += LONGEST[name]
    if around + taken.total() > MAX_FILLED:
        longest = taken.most_common(1)[0][0]
        raise LongTemplate(most=MAX_FILLED, field=f"{{{longest}}}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Each field once and for all: what a value says is never looked through for fields. Paragraphs that are
    empty afterwards are left out."""
    filled = _FIELD.sub(lambda found: values.get(found[1], ""), text)
    return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"


def file_name(declaration: Declaration, what: str, now: datetime) -> str:
    """With the Sperrfrist as long as it runs: „SPERRFRIST-2026-06-18-1100-UHR_erklaerung-namen.csv“."""
    return f"{_mark(declaration, now)}{declaration.slug}{what}"


def _mark(declaration: Declaration, now: datetime) -> str:
    if is_public(declaration, now):
        return ""
    if declaration.confidential:
        return "VERTRAULICH_"
    until = declaration.embargo or declaration.release_at
    if until is None:
        return "SPERRFRIST-OFFEN_"
    return f"SPERRFRIST-{until.astimezone(ZONE):%Y-%m-%d-%H%M}-UHR_" if until > now else ""


def copy_number(slug: str, reader: str, at: datetime) -> str:
    """Names a copy, so that the log tells whose it is: „7F3A-91C2“."""
    digest = hashlib.sha256(f"{slug}\n{reader}\n{at.isoformat()}".encode()).hexdigest()[:8].upper()
    return f"{digest[:4]}-{digest[4:]}"
