"""Any two states of the text beside each other, word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.text.restoring import fingerprint
from server.domain.errors import NotFound
from server.domain.text.authorship import letters_by, shares_of, who_added
from server.domain.text.comparing.passages import Part, PassageKind, count_kinds, list_parts
from server.domain.text.content import Content
from server.domain.text.lines import number_lines
from server.domain.text.versions import Fixed, Kept, LastVisit, Present, VersionKey
from server.storage.engine.types import Reader
from server.storage.text import checkpoints
from server.storage.text.revisions import read_heads
from server.storage.text.visits import read_visit
from server.web.declarations.framing import render_framed
from server.web.sentences.messages import N_, Message
from server.web.text.history.authorship import Authorship, read_authorship
from server.web.text.history.sources import Version, key_of, label_of, read_version
from server.web.text.shown import ShownText, at_each_text, read_text_page

SHAPES: Final[Mapping[PassageKind, str]] = {
    "added": N_("passage: added"),
    "removed": N_("passage: removed"),
    "replaced": N_("passage: replaced"),
    "reshaped": N_("passage: other form"),
    "moved": N_("passage: moved"),
    "moved_away": N_("passage: moved"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A state that can be chosen."""

    key: str
    label: Message


@dataclass(frozen=True, slots=True)
class LineSpan:
    """The lines of a passage in a Fassung."""

    revision: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Comparison:
    text: ShownText
    choices: Sequence[Choice]
    old: Version
    new: Version
    parts: Sequence[Part]
    authorship: Authorship | None = None

    def lines(self) -> dict[int, LineSpan]:
        """By `id` of a part: its lines in the newer of the two that is a Fassung."""
        for version, of_old in ((self.new, False), (self.old, True)):
            if isinstance(version.key, Fixed):
                spans = _line_spans(version.content, version.key.number)
                passages = [part for part in self.parts if not part.folded]
                places = ((part, part.at_old if of_old else part.at_new) for part in passages)
                return {id(part): spans[at] for part, at in places if at in spans}
        return {}


async def compare(request: Request) -> Response:
    """`?old=r1&new=c17`: `r` a Fassung, `c` a Zwischenstand, `now`, `visit`. `view=synopsis` for two columns,
    `whole=1` with everything that is the same unfolded."""
    query = request.query_params
    old, new = query.get("old", ""), query.get("new", "")

    def read(db: Reader, text: ShownText, _: datetime) -> Comparison:
        named = [read_version(db, text, key_of(each)) for each in (old, new) if each]
        choices = _read_choices(db, text)
        right = named[-1] if new else read_version(db, text, key_of(choices[0].key))
        left = named[0] if old else read_version(db, text, _before(choices, right.key))
        parts = list_parts(left.content, right.content)
        shown = query.get("who") == "1" and isinstance(right.key, Present)
        authors = read_authorship(db, text.text_id) if shown else None
        return Comparison(text, choices, left, right, parts, authors)

    page = await read_text_page(request, lambda rights: rights.see, read)
    restorable = isinstance(page.new.key, Present) and isinstance(page.old.key, Fixed | Kept)
    return render_framed(
        request,
        "text/compare.html",
        page.text.access,
        page=page,
        text=page.text,
        counts=count_kinds(page.parts),
        shapes=SHAPES,
        view="synopsis" if query.get("view") == "synopsis" else "inline",
        whole=query.get("whole") == "1",
        may_bring_back=restorable and page.text.rights.bring_back,
        fingerprint=fingerprint,
        lines=page.lines(),
        who=_authors(page),
        found=page.authorship,
        may_see_authors=isinstance(page.new.key, Present),
        key_of_part=id,
    )


def _authors(page: Comparison) -> dict[int, list[str]]:
    """By `id` of a part: for whom its new words were written, the most of them first."""
    if page.authorship is None:
        return {}
    strands, found = page.authorship.strands, dict[int, list[str]]()
    for part in page.parts:
        if part.folded or part.at_new is None or part.kind in ("moved", "moved_away"):
            continue
        whole = part.change.kind == "added"
        block = strands[part.at_new] if part.at_new < len(strands) else ()
        counts = letters_by(block) if whole else who_added(block, part.change.words)
        found[id(part)] = [share.key for share in shares_of(counts)]
    return found


def _line_spans(content: Content, revision: int) -> dict[int | None, LineSpan]:
    """By block."""
    found: dict[int | None, LineSpan] = {}
    for line in number_lines(content):
        first = found[line.block].first if line.block in found else line.number
        found[line.block] = LineSpan(revision, first, line.number)
    return found


def _read_choices(db: Reader, text: ShownText) -> list[Choice]:
    """Newest first; the present text before all. Raises NotFound where there is none at all."""
    text_id, follows = text.text_id, text.rights.kept
    choices: list[tuple[datetime, Choice]] = []
    if text.rights.fixed:
        for head in read_heads(db, [text_id])[text_id]:
            label = Message(N_("Revision %(number)s of %(at)s"), {"number": head.number, "at": head.fixed_at})
            choices.append((head.fixed_at, Choice(str(Fixed(head.number)), label)))
    if follows:
        for kept in checkpoints.read_heads(db, text_id):
            choices.append((kept.made_at, Choice(str(Kept(kept.id)), label_of(kept))))
    found = [choice for _, choice in sorted(choices, key=lambda each: each[0], reverse=True)]
    if follows:
        found.insert(0, Choice(str(Present()), Message(N_("Working text"))))
        visit = read_visit(db, text_id, text.access.person.id)
        if visit is not None and visit.before_at is not None:
            label = Message(N_("Your last visit on %(at)s"), {"at": visit.before_at})
            found.insert(1, Choice(str(LastVisit()), label))
    if not found:
        raise NotFound(what="version")
    return found


def _before(choices: Sequence[Choice], key: VersionKey) -> VersionKey:
    """What a state is compared with where nothing is said: a Fassung with the one before it, all else with
    the newest Fassung or, without one, the state before."""
    if isinstance(key, Fixed):
        return Fixed(max(key.number - 1, 1))
    rest = [choice.key for choice in choices if choice.key not in (str(key), str(LastVisit()))]
    fixed = [each for each in rest if each.startswith("r")]
    return key_of((fixed or rest or [str(key)])[0])


ROUTES = at_each_text(lambda place: [Route(f"{place}/compare", compare)])
