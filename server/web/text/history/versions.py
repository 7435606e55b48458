"""Fassungen and Zwischenstände in one list; a state under a name; one of them brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import checkpoints as acts
from server.actions.text.restoring import Instead, bring_back
from server.domain.declarations import RevisionHead
from server.domain.errors import Invalid
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind, count_proposals
from server.domain.text.versions import Fixed, Kept
from server.domain.text.visits import TextVisit
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_names
from server.storage.text import checkpoints
from server.storage.text.revisions import read_heads
from server.storage.text.translations import read_sources
from server.storage.text.update_log import read_rows, read_writers
from server.storage.text.visits import read_visit
from server.sync.projection import read_text
from server.sync.states import who_wrote_since
from server.web.declarations.framing import render_framed
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sentences.messages import N_
from server.web.text.history.sources import key_of
from server.web.text.shown import ShownText, at_each_text, language_of, read_text_page, text_path

NAME: Final = 120
"""Characters of a state's name."""
MANY: Final = 3
"""States that were kept by themselves in a row, from which on they are folded."""
KINDS: Final[Mapping[CheckpointKind, str]] = {
    CheckpointKind.HOUR: "",
    CheckpointKind.NAMED: "",
    CheckpointKind.BEFORE_DELETION: N_("before much was deleted"),
    CheckpointKind.BEFORE_COMPACTION: "",
    CheckpointKind.BEFORE_BRINGING_BACK: N_("before words were brought back"),
    CheckpointKind.BEFORE_IMPORT: N_("before a document was imported"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A Fassung (`revision`) or a Zwischenstand (`head`) in the list. `why`: it was kept. `towns`: who wrote
    since the one before, "" for the coordination."""

    key: str
    at: datetime
    revision: RevisionHead | None = None
    head: CheckpointHead | None = None
    why: str = ""
    towns: Sequence[str] = ()
    kind: Literal["entry"] = "entry"


@dataclass(frozen=True, slots=True)
class Group:
    """Several that were kept by themselves, one after the other."""

    entries: Sequence[Entry]
    towns: Sequence[str]
    kind: Literal["group"] = "group"


@dataclass(frozen=True, slots=True)
class Versions:
    """`writing`: for whom somebody wrote since the newest state, None for who does not follow the text.
    `sources`: of which revision of the original each of a translation was fixed."""

    text: ShownText
    entries: Sequence[Entry]
    writing: Sequence[str] | None
    proposals: int
    visit: TextVisit | None
    sources: Mapping[int, int]


async def versions(request: Request) -> Response:
    return show(request, await read_text_page(request, lambda rights: rights.see, _read))


def show(request: Request, page: Versions, typed: str = "", problem: Problem | None = None) -> Response:
    return render_framed(
        request,
        "text/versions.html",
        page.text.access,
        problem.status if problem else 200,
        page=page,
        text=page.text,
        months=by_month(page.entries),
        newest=page.entries[0].key if page.entries else "",
        typed=typed,
        problem=problem.message if problem else None,
        longest=NAME,
        done=request.query_params.get("done", ""),
    )


def _read(db: Reader, text: ShownText, _: datetime) -> Versions:
    text_id, access = text.text_id, text.access
    fixed = read_heads(db, [text_id])[text_id] if text.rights.fixed else []
    sources = read_sources(db, text_id) if text.translation else {}
    if not text.rights.kept:
        return Versions(text, _entries(fixed, [], {}), None, 0, None, sources)
    heads, rows = checkpoints.read_heads(db, text_id), read_rows(db, text_id)
    last = max((head.position for head in heads), default=-1)
    since = who_wrote_since(rows, last, read_writers(db, text_id))
    names = read_names(db, since.union(*(head.took_part for head in heads)))
    blocks = read_text([update for _, update in rows])
    return Versions(
        text,
        _entries(fixed, heads, names),
        named_towns(since, names),
        count_proposals(blocks),
        read_visit(db, text_id, access.person.id),
        sources,
    )


def named_towns(keys: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """By name; the coordination, whose key is empty, comes first."""
    return sorted(names.get(key, key) for key in keys)


def _entries(
    fixed: Sequence[RevisionHead], heads: Sequence[CheckpointHead], names: Mapping[str, str]
) -> list[Entry]:
    found = [Entry(str(Fixed(each.number)), each.fixed_at, revision=each) for each in fixed]
    found += [
        Entry(
            str(Kept(head.id)),
            head.made_at,
            head=head,
            why=KINDS[head.kind],
            towns=named_towns(head.took_part, names),
        )
        for head in heads
    ]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def by_month(entries: Sequence[Entry]) -> list[tuple[datetime, list[Entry | Group]]]:
    """Newest first; long rows of states that nobody named are folded."""
    months = groupby(entries, key=lambda entry: (entry.at.year, entry.at.month))
    return [(part[0].at, list(_folded(part))) for part in (list(group) for _, group in months)]


def _folded(entries: Sequence[Entry]) -> Iterable[Entry | Group]:
    for by_itself, group in groupby(
        entries, key=lambda entry: entry.head is not None and not entry.head.name
    ):
        part = list(group)
        if by_itself and len(part) > MANY:
            yield part[0]
            rest = part[1:]
            yield Group(rest, sorted({town for entry in rest for town in entry.towns}))
        else:
            yield from part


async def keep(request: Request, form: Form) -> Response:
    """What does not fit is reported beside the field, with what was typed."""
    page = await read_text_page(request, lambda rights: rights.keep, _read)
    try:
        name = " ".join(form.text("name", NAME).split())
        await acts.keep_under_name(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            name=name,
            language=language_of(request),
        )
    except Invalid as error:
        return show(request, page, form.typed("name", NAME), problem_of(error))
    return RedirectResponse(text_path(request, "versions?done=kept"), 303)


async def restore(request: Request, form: Form) -> Response:
    """`version`: its key. `block`: number of the passage, without it the whole text. `instead` and `seen`:
    the present passage that gives way, and the fingerprint of its words."""
    block, instead = form.optional_text("block", 10), form.optional_text("instead", 10)
    await bring_back(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        key=key_of(form.text("version", 20)),
        block=form.number("block") if block else None,
        instead=Instead(form.number("instead"), form.text("seen", 64)) if instead else None,
        language=language_of(request),
    )
    return RedirectResponse(text_path(request, "versions?done=brought_back"), 303)


ROUTES = at_each_text(
    lambda place: (
        Route(f"{place}/versions", versions),
        form_route(f"{place}/versions", keep),
        form_route(f"{place}/versions/restore", restore),
    )
)
