"""What is missing before the text can be fixed, each point with the way to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.documents.printable import ensure_printable
from server.domain.declarations import Declaration
from server.domain.text.errors import EmptyText, OpenSuggestions, UnknownMarkup, UnprintableText
from server.domain.text.live_text import LiveBlock, fix_content, open_suggestions
from server.web.declarations.tabs import TABS
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_, Message


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
    """A heading of the text; `block` counts from 1, `suggestions` are the open ones below it."""

    block: int
    title: str
    suggestions: int


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


def judge(declaration: Declaration, blocks: Sequence[LiveBlock], signatories: int) -> Readiness:
    """Takes some milliseconds: whether every letter can be printed is looked at too."""
    base = f"/declarations/{declaration.slug}"
    points = (
        _text_point(base, blocks),
        _signatory_point(base, signatories),
        _deadline_point(base, declaration),
    )
    return Readiness(tuple(sorted(points, key=lambda point: point.is_done)), tuple(sections_of(blocks)))


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


def sections_of(blocks: Sequence[LiveBlock]) -> list[Section]:
    """Headings below the title; what stands before the first of them has none."""
    starts = [n for n, block in enumerate(blocks) if block.kind == "heading" and block.level > 1]
    ends = [*starts[1:], len(blocks)]
    return [
        Section(
            start + 1,
            "".join(run.text for run in blocks[start].runs).strip(),
            len(open_suggestions(blocks[start:end])),
        )
        for start, end in zip(starts, ends, strict=False)
    ]
