"""The answers that the page offers, each with the sentence that its choice confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from server.domain.declarations import Declaration, Phase, RevisionHead
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access
from server.domain.sign_offs.answers import WORDINGS, Answer
from server.web.http.pages.rendering import say
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import FOR_MUNICIPALITY


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` and `hint` are sentences of the catalogue; `wording` is in the page's language."""

    answer: Answer
    label: str
    hint: str
    wording: str


_WORDS: Final[Mapping[Answer, tuple[str, str]]] = {
    Answer.SIGNS: (N_("I sign"), N_("The declaration carries your name.")),
    Answer.SIGNS_WITH_STATEMENT: (
        N_("I sign with a statement for the record"),
        N_("Your words stand in the document, with your municipality's name."),
    ),
    Answer.SUBJECT_TO_COUNCIL: (
        N_("I sign subject to the council's decision"),
        N_("You confirm it when the council has decided. Until then it does not count towards the quorum."),
    ),
    Answer.DECLINES: (N_("I do not sign"), N_("Your municipality is not named in the document.")),
}


def choices(request: Request, access: Access, revision: RevisionHead, mandate: Mandate) -> list[Choice]:
    """All of them, in the same order for everybody; none is chosen beforehand. Who joins what is published
    stands behind it."""
    return [
        Choice(answer, *_WORDS[answer], wording(request, access.declaration, revision, mandate, answer))
        for answer in Answer
        if access.phase is Phase.SIGNING or answer.supports
    ]


def wording(
    request: Request, declaration: Declaration, revision: RevisionHead, mandate: Mandate, answer: Answer
) -> str:
    """The sentence above the button, as the person reads it: it becomes part of what is signed."""
    town = mandate.municipality
    place = say(request, Message(FOR_MUNICIPALITY[town.kind], {"name": town.name}))
    facts = {"title": declaration.title, "number": revision.number, "place": place}
    return say(request, Message(WORDINGS[answer, mandate.kind], facts))
