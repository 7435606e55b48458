"""What happened, after a decisive act: the panel on top of the overview to which the act leads.

The address says which act it was (`?done=fixed`); a panel is shown only where the declaration's state bears
it out, so an address made up by somebody shows nothing untrue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from server.domain.declarations import Phase
from server.web.declarations.situations import Facts
from server.web.http.addresses import declaration_path
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_, Message

PARAMETER: Final = "done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`heading`: what happened; `sentences`: what comes of it; `ways`: where to go on."""

    heading: Message
    sentences: tuple[Message, ...]
    ways: tuple[Action, ...] = ()


def after(request: Request, done: str) -> str:
    """Where an act leads: the overview, which says what happened."""
    return f"{declaration_path(request)}?{PARAMETER}={done}"


def outcome_of(done: str, facts: Facts) -> Outcome | None:
    """None for an act that is unknown, or is not how things stand."""
    row = OUTCOMES.get(done)
    if row is None or facts.access.phase not in row.phases:
        return None
    return row.tell(facts)


@dataclass(frozen=True, slots=True)
class _Row:
    phases: tuple[Phase, ...]
    tell: Callable[[Facts], Outcome | None]


def _fixed(facts: Facts) -> Outcome | None:
    if facts.current is None:
        return None
    counts = {"number": facts.current.number, "count": facts.progress.open}
    sentences = [
        Message(N_("E-mails with the request for the sign-off are on their way: %(count)s."), counts)
    ]
    if facts.access.declaration.deadline:
        sentences.append(_until(facts))
    sentences.append(Message(N_("The answers appear below as they come in.")))
    return Outcome(
        Message(N_("Revision %(number)s is fixed."), counts),
        tuple(sentences),
        (Action(N_("Read the revision"), f"{_base(facts)}/revisions/{facts.current.number}"),),
    )


def _until(facts: Facts) -> Message:
    deadline = facts.access.declaration.deadline
    return Message(N_("The sign-off runs until %(at)s."), {"at": deadline})


def _reopened(facts: Facts) -> Outcome | None:
    if facts.current is None:
        return None
    number = facts.current.number
    return Outcome(
        Message(N_("The text is open again.")),
        (
            Message(
                N_("The sign-off of revision %(number)s has ended. Its answers stay on record."),
                {"number": number},
            ),
            Message(N_("As soon as you fix the next revision, all signatories are asked again.")),
        ),
        (Action(N_("Open the text"), f"{_base(facts)}/edit"),),
    )


def _sealed(facts: Facts) -> Outcome:
    return Outcome(
        Message(N_("The declaration is sealed.")),
        (
            Message(
                N_("The document names %(signed)s of %(total)s municipalities."),
                {"signed": facts.progress.supporting, "total": facts.progress.total},
            ),
            Message(
                N_("The press office can download it from now on. Neither text nor sign-offs can be changed.")
            ),
        ),
    )


def _base(facts: Facts) -> str:
    return f"/declarations/{facts.access.declaration.slug}"


OUTCOMES: Final[Mapping[str, _Row]] = {
    "fixed": _Row((Phase.SIGNING,), _fixed),
    "reopened": _Row((Phase.DRAFTING,), _reopened),
    "sealed": _Row((Phase.SEALED,), _sealed),
}
