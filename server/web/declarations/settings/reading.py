"""What the settings page shows: each section as it is, until when it can be changed, who changed it last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from starlette.requests import Request

from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.terms.settings import SECTIONS, Change, Section, Setting, setting_of
from server.storage.declarations import settings
from server.storage.engine.types import Reader
from server.storage.people import persons
from server.storage.people.municipalities import read_inhabitants
from server.web.declarations.settings.words import Line, Words
from server.web.http.pages.rendering import say
from server.web.http.pages.templating import moment
from server.web.http.visits import visit_of


@dataclass(frozen=True, slots=True)
class Facts:
    """`register`: all municipalities that can be asked; `invited`: those that somebody is invited for;
    `knows_inhabitants`: how many live in each that is asked."""

    access: Access
    asked: Sequence[Municipality]
    register: Sequence[Municipality]
    invited: frozenset[str]
    changes: Sequence[Change]
    coordinators: Sequence[Person]
    knows_inhabitants: bool

    def setting(self, section: Section) -> Setting:
        keys = frozenset(town.ags for town in self.asked)
        return setting_of(section, self.access.declaration, keys)

    def last(self, section: Section) -> Change | None:
        return next((change for change in self.changes if change.section is section), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section. `may`: it can be changed now, by this person."""

    section: Section
    lines: Sequence[Line]
    may: bool
    last: Change | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    change: Change
    before: Sequence[Line]
    after: Sequence[Line]


def read_settings(db: Reader, access: Access, now: datetime) -> Facts:
    declaration_id = access.declaration.id
    invited = settings.read_invited(db, declaration_id, now)
    asked = settings.read_asked(db, declaration_id, now)
    return Facts(
        access,
        asked,
        settings.read_register(db),
        frozenset(town.ags for town in invited),
        settings.read_changes(db, declaration_id),
        persons.read_coordinators(db, declaration_id),
        len(read_inhabitants(db, asked)) == len(asked),
    )


def words_of(request: Request, facts: Facts) -> Words:
    language = visit_of(request).language

    def day(on: date) -> str:
        return str(format_date(on, "long", locale=language))

    return Words(
        lambda message: say(request, message),
        lambda at: moment(at, language),
        day,
        {town.ags: town for town in facts.register},
    )


def show(words: Words, facts: Facts, section: Section) -> Shown:
    may = SECTIONS[section].may(facts.access)
    lines = words.lines(section, facts.setting(section).to_json())
    return Shown(section, lines, may, facts.last(section))


def show_change(words: Words, change: Change) -> ShownChange:
    section = change.section
    return ShownChange(change, words.lines(section, change.before), words.lines(section, change.after))
