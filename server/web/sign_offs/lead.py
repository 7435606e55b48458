"""Why one is asked: for the first time, or since the text has changed after one's own answer."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.persons import Person
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import SignOff
from server.web.http.pages.rendering import say
from server.web.sentences.messages import N_, Message

_FIRST: Final = N_("Please read revision %(number)s of the declaration and answer for %(name)s.")
_ANSWERED: Final = N_("An answer was given to revision %(old)s.")
_SAME: Final = N_("Not a word has changed since. Please answer anew.")
_ONE: Final = N_("Since then the text was changed in one place. Please answer to the new revision.")
_SEVERAL: Final = N_(
    "Since then the text was changed in %(places)s places. Please answer to the new revision."
)


def lead(request: Request, number: int, municipality: str, old: int | None, places: int) -> str:
    """In the page's language. `old`: the revision that was answered last, None for the first time; `places`:
    how many passages differ."""
    if old is None:
        return say(request, Message(_FIRST, {"number": number, "name": municipality}))
    since = {0: _SAME, 1: _ONE}.get(places, _SEVERAL)
    facts: dict[str, object] = {"old": old, "places": places}
    return f"{say(request, Message(_ANSWERED, facts))} {say(request, Message(since, facts))}"


def may_sign_again(person: Person, earlier: SignOff | None) -> bool:
    """One press carries the same answer to the new revision, where it was the person's own plain one."""
    return (
        earlier is not None
        and not earlier.withdrawn
        and earlier.person_id == person.id
        and earlier.answer is Answer.SIGNS
    )


def may_confirm(mandate: Mandate, newest: SignOff | None) -> bool:
    """One press confirms what was signed under the council's reservation; with a Protokollerklärung, which is
    chosen anew, it takes the form. Nobody confirms the mayor's own answer in their place."""
    return (
        newest is not None
        and not newest.withdrawn
        and newest.answer.facts.needs_council
        and not newest.text
        and (newest.person_id == mandate.person_id or mandate.kind is MandateKind.MAYOR)
    )


def offered_again(given: SignOff | None) -> dict[str, str]:
    """What belonged to an earlier answer, by field: shown when that answer is chosen, never carried over
    unseen. The day of a council that has met is asked anew by the form."""
    if given is None:
        return {}
    said = given.statement
    match said.answer:
        case Answer.SIGNS_WITH_STATEMENT:
            return {"statement": said.text}
        case Answer.SUBJECT_TO_COUNCIL:
            return {
                "statement": said.text,
                "council_statement": said.text,
                "council_date": said.council_date,
                "council_body": said.council_body,
                "council_reference": said.council_reference,
            }
        case Answer.DECLINES:
            return {"reason": said.text, "reason_is": "public"} if said.text else {}
        case Answer.SIGNS:
            return {}
