"""What is missing before the text can be fixed, each point with the way to mend it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.documents.printable import ensure_printable
from server.domain.declarations import Declaration
from server.domain.text.errors import EmptyText, OpenSuggestions, UnknownMarkup, UnprintableText
from server.domain.text.live_text import COMMENT, LiveBlock, fix_content, open_suggestions
from server.domain.text.sections.sections import Standing
from server.web.declarations.tabs import TABS
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_, Message

NOTHING_KNOWN: Final[Mapping[int, Standing]] = {}


@dataclass(frozen=True, slots=True)
class Point:
    """`way`: where a point that is not done can be settled. One that `blocks` must be settled before the text
    can be fixed; the others are advice."""

    sentence: Message
    is_done: bool = False
    way: Action | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the text; `block` counts from 1, `suggestions` and `comments` are the open ones below it.
    `standing`: how far it is, None where nobody has said anything about any section."""

    block: int
    title: str
    suggestions: int
    comments: int = 0
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    points: tuple[Point, ...]
    sections: tuple[Section, ...]

    @property
    def missing(self) -> list[Point]:
        return [point for point in self.points if not point.is_done]

    @property
    def first_way(self) -> Action | None:
        """To the first point without which the text cannot be fixed; None where it can."""
        return next((point.way for point in self.missing if point.blocks), None)


def judge(
    declaration: Declaration,
    blocks: Sequence[LiveBlock],
    signatories: int,
    threads: Sequence[str] = (),
    standing: Sequence[Standing] = (),
) -> Readiness:
    """Takes some milliseconds: whether every letter can be printed is looked at too.

    `threads`: keys of the comments that are open; `standing`: of the sections, where it is kept.
    """
    base = f"/declarations/{declaration.slug}"
    points = (
        _text_point(base, blocks),
        *_thread_points(base, threads),
        *_section_points(base, standing),
        _signatory_point(base, signatories),
        _deadline_point(base, declaration),
    )
    known = {each.section.block: each for each in standing}
    return Readiness(
        tuple(sorted(points, key=lambda point: point.is_done)),
        tuple(sections_of(blocks, frozenset(threads), known)),
    )


def _thread_points(base: str, threads: Sequence[str]) -> list[Point]:
    if not threads:
        return []
    way = Action(N_("See the comments"), f"{base}/edit#comment-{threads[0]}")
    return [Point(Message(N_("Open comments: %(count)s"), {"count": len(threads)}), way=way)]


def _section_points(base: str, standing: Sequence[Standing]) -> list[Point]:
    if not standing:
        return []
    open_ones = [each for each in standing if not each.is_agreed]
    if not open_ones:
        return [Point(Message(N_("All sections are agreed")), is_done=True)]
    way = Action(N_("See the sections"), f"{base}/sections")
    return [Point(Message(N_("Sections not agreed yet: %(count)s"), {"count": len(open_ones)}), way=way)]


def _text_point(base: str, blocks: Sequence[LiveBlock]) -> Point:
    try:
        ensure_printable(fix_content(blocks))
    except OpenSuggestions as error:
        way = Action(N_("See the suggestions"), f"{base}/edit#block-{error.facts['block']}")
        return Point(Message(error.heading, error.facts), way=way, blocks=True)
    except UnknownMarkup as error:
        way = Action(N_("See and remove unknown content"), f"{base}/unknown-content")
        return Point(Message(error.heading), way=way, blocks=True)
    except (EmptyText, UnprintableText) as error:
        way = Action(N_("Open the text"), f"{base}/edit")
        return Point(Message(error.heading), way=way, blocks=True)
    return Point(Message(N_("No suggestion is open, and the text can be printed")), is_done=True)


def _signatory_point(base: str, signatories: int) -> Point:
    if signatories:
        count = {"count": signatories}
        return Point(Message(N_("Municipalities with a signatory: %(count)s"), count), is_done=True)
    way = _way(N_("Invite people"), base, "people")
    return Point(Message(N_("Nobody is invited to sign yet")), way=way)


def _deadline_point(base: str, declaration: Declaration) -> Point:
    if declaration.deadline:
        return Point(Message(N_("The deadline for the sign-off is set")), is_done=True)
    way = _way(N_("Set the deadline"), base, "settings")
    return Point(Message(N_("No deadline is set for the sign-off")), way=way)


def _way(label: str, base: str, page: str) -> Action | None:
    """To a page that has a tab."""
    return Action(label, f"{base}/{page}") if any(tab.page == page for tab in TABS) else None


def sections_of(
    blocks: Sequence[LiveBlock],
    threads: Collection[str] = (),
    known: Mapping[int, Standing] = NOTHING_KNOWN,
) -> list[Section]:
    """Headings below the title; what stands before the first of them has none."""
    starts = [n for n, block in enumerate(blocks) if block.kind == "heading" and block.level > 1]
    ends = [*starts[1:], len(blocks)]
    return [
        Section(
            start + 1,
            "".join(run.text for run in blocks[start].runs).strip(),
            len(open_suggestions(blocks[start:end])),
            len(_threads_in(blocks[start:end]).intersection(threads)),
            known.get(start + 1),
        )
        for start, end in zip(starts, ends, strict=False)
    ]


def _threads_in(blocks: Sequence[LiveBlock]) -> frozenset[str]:
    """Keys of the comments whose passage is there."""
    marks = (key for block in blocks for run in block.runs for key in run.marks)
    return frozenset(key.removeprefix(COMMENT) for key in marks if key.startswith(COMMENT))
