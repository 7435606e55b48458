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


class StaleRevision(Refused):
    """The sign-off names a digest that is no longer the current one."""

    code = "stale_revision"
    heading = N_("There is a newer revision")
    sentence = N_(
        "The text has been fixed anew since you opened this page. Please read the current revision first."
    )


class AlreadyAnswered(Refused):
    """The municipality has already answered this revision."""

    code = "already_answered"
    heading = N_("Your municipality has already answered")
    sentence = N_("Your municipality has already answered for this revision. You need not do anything more.")


class AnswerChanged(Refused):
    """The municipality's answer is no longer the one that was shown."""

    code = "answer_changed"
    heading = N_("The answer has changed meanwhile")
    sentence = N_(
        "Meanwhile %(municipality)s has answered, or changed its answer. Please look at it before you decide."
    )


class MayorHasAnswered(Refused):
    """The mayor's own answer is not changed by those who stand for the mayor."""

    code = "mayor_has_answered"
    heading = N_("The head of the municipality has answered in person")
    sentence = N_(
        "The head of %(municipality)s has answered in person. Only he or she can change this answer."
    )


class DeadlinePassed(Refused):
    code = "deadline_passed"
    heading = N_("The time for answers is over")
    sentence = N_("The time for answers is over. If you still want to answer, please call the coordination.")


class OpenSuggestions(Refused):
    """Suggestions must be accepted or rejected before a revision is fixed."""

    code = "open_suggestions"
    heading = N_("Open suggestions: %(count)s")
    sentence = N_(
        "There are still open suggestions in the text (%(count)s), the first in block %(block)s (%(words)s). "
        "Please accept or reject them, then fix the text."
    )


class UnknownMarkup(Refused):
    """The live text holds kinds or marks this version does not know."""

    code = "unknown_markup"
    heading = N_("The text holds unknown content")
    sentence = N_(
        "Block %(block)s of the text (%(words)s) holds content that a revision cannot keep (%(names)s). "
        "Please have it removed on the next page, then fix the text."
    )


class TextIncomplete(Refused):
    """Words of the live text wait for others that never arrived: no browser shows them yet."""

    code = "text_incomplete"
    heading = N_("Words are still missing from the text")
    sentence = N_(
        "Part of the text has not arrived: words are missing that others build on. Please ask %(names)s to "
        "open the text once more in the browser they wrote with, then fix it."
    )


class EmptyText(Refused):
    code = "empty_text"
    heading = N_("The text is empty")
    sentence = N_("The text is empty. Please write it first, then fix it.")


class UnprintableText(Refused):
    """The document cannot show these characters."""

    code = "unprintable_text"
    heading = N_("Some characters cannot be printed")
    sentence = N_(
        "The text holds characters that the final document cannot show: %(characters)s. They stand here: "
        "%(where)s. Please replace them, then try again."
    )


class NobodySigned(Refused):
    """A declaration without a single sign-off is not sealed."""

    code = "nobody_signed"
    heading = N_("Nobody has signed yet")
    sentence = N_(
        "No municipality has signed this revision yet. Please wait for the first sign-off before sealing."
    )


class QuorumNotReached(Refused):
    """The declaration's rule asks for more; the page for sealing names what is missing."""

    code = "quorum_not_reached"
    heading = N_("The quorum has not been reached")
    sentence = N_(
        "The quorum has not been reached yet: %(counted)s of %(asked)s municipalities count so far. The page "
        "for sealing names what is missing."
    )


class WayNotAccepted(Refused):
    """The declaration does not accept sign-offs of this level; `facts['level']`."""

    code = "way_not_accepted"
    heading = N_("This way of signing is not accepted")
    sentence = N_(
        "This declaration cannot be signed in this way. Please open its page for signing again and choose "
        "one of the ways that it offers."
    )


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


class InvalidCopy(Invalid):
    """What came back is not the copy that was handed out, signed and otherwise unchanged; `facts['reason']`
    says more, in plain English."""

    code = "invalid_copy"
    heading = N_("This is not your signing copy")
    sentence = N_(
        "This file is not your signing copy with a valid signature on it. Please sign the copy again "
        "without changing anything else in it, or sign with a passkey."
    )


class ForeignCertificate(Invalid):
    """The certificate names somebody else: `facts['holder']`."""

    code = "foreign_certificate"
    heading = N_("The certificate names somebody else")
    sentence = N_(
        "The certificate names somebody else: %(holder)s. Please sign with your own certificate, or "
        "with a passkey."
    )


class TooManyCopies(Refused):
    """One document takes no more signed copies."""

    code = "too_many_copies"
    heading = N_("No room for another signed copy")
    sentence = N_(
        "The document can hold no more signed copies. Please sign with a passkey or with a code by "
        "e-mail instead."
    )


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


class WriterTaken(Refused):
    """The Yjs client id has become another person's meanwhile."""

    code = "writer_taken"
    heading = N_("Another window has taken over")
    sentence = N_("Another window has taken over this connection. Please load the page again.")
