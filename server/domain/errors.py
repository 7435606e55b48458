"""One error tree. Each error has a stable code, and the heading and the sentence that people read.

A heading says what is the matter, a sentence what happened and what to do now. `web.http.errors` knows the
HTTP status of each family.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from server.domain.phase_sentences import WRONG_PHASES
from server.domain.sentences import N_


class KraftaktError(Exception):
    """An error that can be shown to people. `code` is stable, `facts` fill the places of `heading` and
    `sentence`."""

    code: ClassVar[str] = "error"
    heading: ClassVar[str] = N_("Something went wrong on our side")
    sentence: ClassVar[str] = N_(
        "Something went wrong on our side. Please try again in a few minutes. If it happens again, "
        "tell the coordination the reference below."
    )

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts: Mapping[str, object] = facts

    @property
    def words(self) -> str:
        """The sentence for this very case."""
        return self.sentence

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code


class NotFound(KraftaktError):
    """There is no such thing, or the person may not know that there is."""

    code = "not_found"
    heading = N_("Page not found")
    sentence = N_("This page does not exist, or you have no access to it. Please go back to the overview.")


class NotSignedIn(KraftaktError):
    code = "not_signed_in"
    heading = N_("Please sign in")
    sentence = N_("You are not signed in. Please sign in and then try again.")


class NotAllowed(KraftaktError):
    """Signed in, but without the right."""

    code = "not_allowed"
    heading = N_("You do not have the right to do this")
    sentence = N_("You do not have the right to do this. If you should have it, please ask the coordination.")


class ProofNeeded(NotAllowed):
    """Signed in, but too long ago for an act that decides something or opens the account to others."""

    code = "proof_needed"
    heading = N_("Please sign in again")
    sentence = N_(
        "For this you must have confirmed within the last ten minutes that it is you. Please confirm it, "
        "then try again."
    )


class Refused(KraftaktError):
    """The request is understood and cannot be carried out as things stand."""

    code = "refused"
    heading = N_("Not possible at the moment")
    sentence = N_("This is not possible at the moment. Please look at the declaration's overview.")


class Invalid(Refused):
    """A family: what was handed in is not accepted, whatever the state of things."""


class Unavailable(Refused):
    """A family: the same request may be carried out in a few minutes."""


class WrongPhase(Refused):
    """The declaration's phase does not allow the act; `facts['phase']` names it."""

    code = "wrong_phase"
    heading = N_("Not possible in this phase")
    sentence = N_("This is not possible in the declaration's present phase. Its overview shows what is.")

    @property
    def words(self) -> str:
        return WRONG_PHASES.get(str(self.facts.get("phase")), self.sentence)


class CannotLeave(Refused):
    """A municipality whose signatory is invited, or which has answered, stays among those that are asked."""

    code = "cannot_leave"
    heading = N_("This municipality cannot be left out")
    sentence = N_(
        "%(names)s cannot be left out any more: somebody is invited to sign for it. Please remove these "
        "people first."
    )


class InvalidLink(Refused):
    """A login link that is unknown, used or expired."""

    code = "invalid_link"
    heading = N_("This link is no longer valid")
    sentence = N_("This link has been used already or has expired. Please have a new one sent to you.")


class InvalidCode(Invalid):
    """The one-time code is wrong, used up or expired."""

    code = "invalid_code"
    heading = N_("The code is not right")
    sentence = N_("This code is wrong or has expired. Please check it, or have a new one sent to you.")


class InvalidPasskey(Invalid):
    """The authenticator's answer does not prove what it should."""

    code = "invalid_passkey"
    heading = N_("The passkey was not confirmed")
    sentence = N_("Your passkey could not be confirmed. Please try again, or choose the code by e-mail.")


class InvalidInput(Invalid):
    """A form field is missing or malformed; `facts['field']` names it."""

    code = "invalid_input"
    heading = N_("Please check what you entered")
    sentence = N_("A field is missing or not filled in correctly. Please check what you entered.")


class StaleForm(Refused):
    """The form's token does not belong to this browser's visit, or the request comes from another site."""

    code = "stale_form"
    heading = N_("This form is no longer valid")
    sentence = N_(
        "This form is no longer valid. Please load the page again and repeat what you wanted to do."
    )


class TooLarge(Refused):
    """The request's body is larger than its page takes; `facts['megabytes']` is the limit."""

    code = "too_large"
    heading = N_("The file is too large")
    sentence = N_("This file is too large. At most %(megabytes)s MB can be checked.")


class TooMuchText(TooLarge):
    """A form without a file is larger than any form of ours."""

    code = "too_much_text"
    heading = N_("The text you entered is too long")
    sentence = N_("This is more than the page takes. Please shorten what you entered.")


class WrongType(Refused):
    """The request's body is of another media type than the page takes."""

    code = "wrong_type"
    heading = N_("This page does not take such data")
    sentence = N_("This page does not take data in this form. Please load the page and use its form.")


class TooSlow(Refused):
    """The request's body did not come in time."""

    code = "too_slow"
    heading = N_("Your data arrived too slowly")
    sentence = N_("Your data arrived too slowly. Please check your connection and try again.")


class TooMany(Refused):
    """A rate limit; `facts['seconds']` says when to try again."""

    code = "too_many"
    heading = N_("Too many attempts in a short time")
    sentence = N_("That was too often in a short time. Please try again in %(seconds)s seconds.")


class Busy(Unavailable):
    """Too many checks of a file at once."""

    code = "busy"
    heading = N_("Please try again in a minute")
    sentence = N_("Several files are being checked at this moment. Please try again in a minute.")


class Overloaded(Unavailable):
    """Too many bodies of requests are on their way at once."""

    code = "overloaded"
    heading = N_("Too much at once")
    sentence = N_("Too much is being sent to us at this moment. Please try again in a minute.")


class SealFailed(Unavailable):
    """The seal could not be made; nothing was changed."""

    code = "seal_failed"
    heading = N_("The document could not be sealed")
    sentence = N_(
        "The document could not be sealed, and nothing was changed. Please try again in a few minutes."
    )


class StorageFailed(Unavailable):
    """Nothing can be stored at the moment, and nothing was."""

    code = "storage_failed"
    heading = N_("Nothing can be saved at the moment")
    sentence = N_(
        "Nothing can be saved at the moment, and nothing was changed. Please try again in a few minutes."
    )
