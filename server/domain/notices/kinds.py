"""What people are told about by mail, and how soon: a table over a closed union."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.sentences import N_


class Pace(StrEnum):
    """How soon somebody wants to hear of a kind."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    """One mail for all of them, at seven in the morning."""
    NONE = "none"


class NoticeKind(StrEnum):
    INVITED = "invited"
    TEXT_FIXED = "text_fixed"
    ASKED_TO_SIGN = "asked_to_sign"
    REOPENED = "reopened"
    DEADLINE = "deadline"
    REMINDER = "reminder"
    MENTION = "mention"
    BATCH_DECIDED = "batch_decided"
    ANSWERED = "answered"
    SEALED = "sealed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    RIGHTS_CHANGED = "rights_changed"
    PAPER_WAITS = "paper_waits"
    OWN_ANSWER = "own_answer"
    NOTABLE_ANSWER = "notable_answer"
    RELEASE_WAITS = "release_waits"
    ACCESSION = "accession"
    ERRATUM = "erratum"
    WEBHOOK_DISABLED = "webhook_disabled"

    @property
    def facts(self) -> KindFacts:
        return KINDS[self]


class Stop(StrEnum):
    """What somebody stops with one press on a mail that comes again (RFC 8058)."""

    DIGEST = "digest"
    REMINDERS = "reminders"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """`label` is what the page of choices calls it; `usual` holds for who has not chosen.

    `always_comes`: a call to sign, or a change of one's own rights. There is nothing to choose.
    `may_repeat`: comes without an act of the person or the text; its mails say how to stop them (RFC 8058).
    """

    label: str
    usual: Pace = Pace.AT_ONCE
    always_comes: bool = False
    may_repeat: bool = False

    @property
    def paces(self) -> tuple[Pace, ...]:
        """What can be chosen. Late is too late for what reminds of a deadline."""
        if self.always_comes:
            return (Pace.AT_ONCE,)
        return (Pace.AT_ONCE, Pace.NONE) if self.may_repeat else tuple(Pace)


KINDS: Final[Mapping[NoticeKind, KindFacts]] = {
    NoticeKind.INVITED: KindFacts(N_("You are invited to a declaration"), always_comes=True),
    NoticeKind.ASKED_TO_SIGN: KindFacts(N_("A revision waits for your sign-off"), always_comes=True),
    NoticeKind.RIGHTS_CHANGED: KindFacts(N_("Your role or your rights change"), always_comes=True),
    NoticeKind.PAPER_WAITS: KindFacts(N_("An answer on paper waits for a second person"), always_comes=True),
    NoticeKind.RELEASE_WAITS: KindFacts(
        N_("A step of the publication waits for a second person"), always_comes=True
    ),
    NoticeKind.REOPENED: KindFacts(N_("The text is opened again after your sign-off")),
    NoticeKind.DEADLINE: KindFacts(N_("The deadline is near and your answer is open"), may_repeat=True),
    NoticeKind.REMINDER: KindFacts(N_("The coordination reminds you"), may_repeat=True),
    NoticeKind.TEXT_FIXED: KindFacts(N_("The text is fixed as a revision")),
    NoticeKind.MENTION: KindFacts(N_("Somebody mentions you in a comment")),
    NoticeKind.BATCH_DECIDED: KindFacts(N_("The coordination has decided about your shared draft")),
    NoticeKind.OWN_ANSWER: KindFacts(N_("Your own municipality answers")),
    NoticeKind.NOTABLE_ANSWER: KindFacts(N_("A municipality declines, waits for its council or withdraws")),
    NoticeKind.ANSWERED: KindFacts(N_("A municipality answers"), usual=Pace.DAILY),
    NoticeKind.SEALED: KindFacts(N_("The declaration is sealed")),
    NoticeKind.PUBLISHED: KindFacts(N_("The declaration is published")),
    NoticeKind.ACCESSION: KindFacts(N_("A municipality asks to join")),
    NoticeKind.WEBHOOK_DISABLED: KindFacts(N_("A webhook is switched off because it failed")),
    NoticeKind.ERRATUM: KindFacts(N_("A published declaration is corrected")),
    NoticeKind.WITHDRAWN: KindFacts(N_("The declaration is withdrawn")),
}


def chosen_pace(kind: NoticeKind, choices: Mapping[NoticeKind, Pace]) -> Pace:
    """What a person gets: their choice where there is one to make and it is one that the kind offers."""
    chosen = choices.get(kind, kind.facts.usual)
    return chosen if chosen in kind.facts.paces else kind.facts.usual


def stopped(stop: Stop, choices: Mapping[NoticeKind, Pace]) -> dict[NoticeKind, Pace]:
    """The choices that change. Nothing else does: who stops the daily mail still hears what comes at once."""
    match stop:
        case Stop.DIGEST:
            ended = [kind for kind in NoticeKind if chosen_pace(kind, choices) is Pace.DAILY]
        case Stop.REMINDERS:
            ended = [kind for kind in NoticeKind if kind.facts.may_repeat]
    return dict.fromkeys(ended, Pace.NONE)
