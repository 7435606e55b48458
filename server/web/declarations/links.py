"""What else somebody may do in a declaration, beside the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from server.domain import permissions
from server.domain.declarations import Phase
from server.domain.permissions import Access
from server.domain.sign_offs.statements import Level
from server.web.declarations.situations import Facts
from server.web.http.pages.links import Action
from server.web.sentences.messages import N_


@dataclass(frozen=True, slots=True)
class Link:
    """`page` is relative to the declaration. `unless` is where the next step leads there already, or where
    there is nothing to see."""

    may: Callable[[Access], bool]
    label: str
    page: str
    unless: Callable[[Facts], bool] = lambda _: False


def _seal_is_next_or_empty(facts: Facts) -> bool:
    return facts.situation.complete or facts.progress.supporting == 0


def _reminding_is_next(facts: Facts) -> bool:
    return facts.progress.open > 0 and not facts.situation.complete


def _has_no_edition(facts: Facts) -> bool:
    return not facts.has_edition


def _takes_no_paper(facts: Facts) -> bool:
    return Level.PAPER not in facts.access.declaration.levels


def _is_no_answer_due(facts: Facts) -> bool:
    return facts.access.phase is not Phase.SIGNING


def _is_drafting(facts: Facts) -> bool:
    return facts.access.phase is Phase.DRAFTING


LINKS: Final = (
    Link(permissions.can_freeze, N_("Fix the text as a revision"), "freeze"),
    Link(permissions.can_suggest, N_("Private drafts"), "branches"),
    Link(permissions.can_run_workshop, N_("Workshops"), "workshops"),
    Link(permissions.can_seal, N_("Seal the declaration"), "seal", _seal_is_next_or_empty),
    Link(permissions.can_record_papers, N_("Answers on paper"), "paper", _takes_no_paper),
    Link(permissions.can_remind, N_("Remind who has not answered"), "reminders", _reminding_is_next),
    Link(permissions.can_reopen, N_("Open the text again"), "reopen"),
    Link(permissions.can_preview_sign_off, N_("What your mayor sees"), "sign/preview", _is_no_answer_due),
    Link(permissions.can_join_room, N_("Look at the working text"), "edit", _is_drafting),
    Link(permissions.can_download_sealed, N_("Read as a web page"), "final.html", _has_no_edition),
    Link(permissions.can_read_log, N_("Log"), "log"),
)


def links_for(facts: Facts) -> list[Action]:
    """Those that the person may follow now, in the order of `LINKS`."""
    base = f"/declarations/{facts.access.declaration.slug}"
    open_now = (link for link in LINKS if link.may(facts.access) and not link.unless(facts))
    return [Action(link.label, f"{base}/{link.page}") for link in open_now]
