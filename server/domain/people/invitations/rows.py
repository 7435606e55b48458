"""Rows of a table of people: what is wrong with each, and whom the good ones ask in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from server.domain.people.invitations.columns import Column, plain
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.invitations.role_words import PARTS, find_part, title_in
from server.domain.people.mail_addresses import MailAddress, parse_address
from server.domain.people.municipalities import Municipality
from server.domain.sentences import N_

MAX_NAME: Final = 200
MAX_TITLE: Final = 100
_YES: Final = frozenset({"ja", "j", "x", "yes", "y", "1", "true", "wahr"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a column, as a sentence with its facts."""

    column: Column
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row as it was brought or mended. `line` is the spreadsheet's."""

    line: int
    cells: Mapping[Column, str]
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """`addressee` is None where there are problems. `warnings` do not hold the import up. `guess`: the
    official key of the municipality that is probably meant."""

    row: DraftRow
    addressee: Addressee | None
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    guess: str = ""


class Judge:
    """`taken`: addresses of those who take part already, in small letters."""

    def __init__(self, towns: Sequence[Municipality], taken: Set[str]) -> None:
        self._towns = towns
        self._taken = taken
        self._by_name: dict[str, list[Municipality]] = {}
        for town in towns:
            for name in {plain(town.name), plain(town.name.partition("/")[0]), town.ags}:
                self._by_name.setdefault(name, []).append(town)

    def judge(self, rows: Iterable[DraftRow]) -> list[JudgedRow]:
        """In their order. Who is left out is not judged, and is in nobody's way."""
        seen: dict[str, tuple[int, str]] = {}
        return [self._judge(row, seen) for row in rows]

    def _judge(self, row: DraftRow, seen: dict[str, tuple[int, str]]) -> JudgedRow:
        if row.is_left_out:
            return JudgedRow(row, None)
        problems = [*_name_problems(row)]
        address = self._address(row, seen, problems)
        part = find_part(row.cells[Column.ROLE])
        town, guess = self._town(row, part, problems)
        title = row.cells[Column.TITLE] or title_in(row.cells[Column.ROLE])
        is_shared = plain(row.cells[Column.SHARED]) in _YES
        if part is None:
            problems.append(_role_problem(row))
        else:
            problems += _part_problems(part, title, is_shared=is_shared)
        if problems or part is None or address is None:
            return JudgedRow(row, None, problems, guess=guess)
        addressee = Addressee(
            name=row.cells[Column.NAME],
            email=address.text,
            role=PARTS[part].role,
            ags=town.ags if town else "",
            title=title,
            salutation=row.cells[Column.SALUTATION].rstrip(",").strip(),
            capacity=PARTS[part].capacity,
            is_shared=is_shared,
        )
        return JudgedRow(row, addressee, warnings=_warnings(address))

    def _address(
        self, row: DraftRow, seen: dict[str, tuple[int, str]], problems: list[Problem]
    ) -> MailAddress | None:
        typed = row.cells[Column.EMAIL]
        try:
            address = parse_address(typed)
        except ValueError:
            problems.append(Problem(Column.EMAIL, _address_sentence(typed)))
            return None
        if address.text in self._taken:
            problems.append(Problem(Column.EMAIL, N_("This address takes part already.")))
        elif address.text in seen:
            line, role = seen[address.text]
            text = _SAME_TWICE if plain(role) == plain(row.cells[Column.ROLE]) else _TWO_ROLES
            problems.append(Problem(Column.EMAIL, text, {"line": line}))
        seen.setdefault(address.text, (row.line, row.cells[Column.ROLE]))
        return address

    def _town(
        self, row: DraftRow, part: str | None, problems: list[Problem]
    ) -> tuple[Municipality | None, str]:
        typed = row.cells[Column.MUNICIPALITY]
        if not typed:
            if part is not None and _needs_town(part):
                problems.append(Problem(Column.MUNICIPALITY, N_("For this role the municipality is needed.")))
            return None, ""
        found = self._by_name.get(plain(typed), ())
        if len(found) == 1:
            return found[0], ""
        guess = self.guess(typed)
        text = _UNKNOWN_TOWN if guess is None else _GUESSED_TOWN
        facts = {"name": typed, "guess": guess.name if guess else ""}
        problems.append(Problem(Column.MUNICIPALITY, text, facts))
        return None, guess.ags if guess else ""

    def guess(self, typed: str) -> Municipality | None:
        """The one that is probably meant by a name that none has."""
        name = plain(typed)
        begun = [t for t in self._towns if plain(t.name).split()[:1] == name.split()[:1]]
        if len(begun) == 1:
            return begun[0]
        close = get_close_matches(name, [key for key in self._by_name if not key.isdecimal()], 1, 0.75)
        return self._by_name[close[0]][0] if close else None


_SAME_TWICE: Final = N_("This address stands in row %(line)s already. Please leave one of the two out.")
_TWO_ROLES: Final = N_(
    "This address stands in row %(line)s already, with another role. Please leave one of the two out."
)
_UNKNOWN_TOWN: Final = N_("“%(name)s” is not in the register. Please choose the municipality.")
_GUESSED_TOWN: Final = N_("“%(name)s” is not in the register. Probably %(guess)s is meant.")


def _name_problems(row: DraftRow) -> Iterable[Problem]:
    name = row.cells[Column.NAME]
    if not name and plain(row.cells[Column.SHARED]) not in _YES:
        yield Problem(Column.NAME, N_("The name is missing."))
    if len(name) > MAX_NAME or not name.isprintable():
        yield Problem(Column.NAME, N_("This name is too long, or holds characters that no page can show."))
    if len(row.cells[Column.SALUTATION]) > MAX_NAME:
        yield Problem(Column.SALUTATION, N_("This salutation is too long."))


def _address_sentence(typed: str) -> str:
    if not typed:
        return N_("The e-mail address is missing.")
    if "@" not in typed:
        return N_("The @ sign is missing in this e-mail address.")
    if typed.count("@") > 1 or any(char in typed for char in ",; "):
        return N_("Here stands more than one e-mail address, or a space. Please enter exactly one.")
    return N_("This is not a valid e-mail address. Quotation marks and special characters are not possible.")


def _role_problem(row: DraftRow) -> Problem:
    typed = row.cells[Column.ROLE]
    if not typed:
        return Problem(Column.ROLE, N_("The role is missing."))
    return Problem(Column.ROLE, N_("“%(role)s” is no role here. Please choose one."), {"role": typed})


def _needs_town(part: str) -> bool:
    facts = PARTS[part].role.facts
    return facts.drafts_for_municipality or facts.binds_municipality


def _part_problems(part: str, title: str, *, is_shared: bool) -> Iterable[Problem]:
    facts = PARTS[part].role.facts
    if facts.binds_municipality and not title:
        yield Problem(Column.TITLE, N_("The official title is missing. It will be printed."))
    if len(title) > MAX_TITLE or not title.isprintable():
        yield Problem(Column.TITLE, N_("This title is too long, or holds characters that no page can show."))
    if is_shared and (facts.binds_municipality or facts.coordinates):
        yield Problem(
            Column.SHARED,
            N_("Who signs or coordinates needs an address of their own, not a shared mailbox."),
        )


def _warnings(address: MailAddress) -> list[Problem]:
    if not address.looks_like:
        return []
    text = (
        N_("Letters of several scripts are mixed in this address (%(shown)s). Please ask before you invite.")
        if address.is_mixed
        else N_("The address has letters that others resemble: %(shown)s is sent to %(sent)s.")
    )
    return [Problem(Column.EMAIL, text, {"shown": address.looks_like, "sent": address.text})]
