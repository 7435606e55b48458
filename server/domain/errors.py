"""One error tree. Each error has a stable code and the sentence that people read.

A sentence says what happened and what to do now. `web.http.errors` knows the HTTP status of each family.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from server.domain.sentences import N_


class KraftaktError(Exception):
    """An error that can be shown to people. `code` is stable, `facts` fill the places of `sentence`."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = N_(
        "Something went wrong on our side. Please try again in a few minutes. If it happens again, "
        "tell the coordination the reference below."
    )

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code


class NotFound(KraftaktError):
    """There is no such thing, or the person may not know that there is."""

    code = "not_found"
    sentence = N_("This page does not exist, or you have no access to it. Please go back to the overview.")


class NotSignedIn(KraftaktError):
    code = "not_signed_in"
    sentence = N_("You are not signed in. Please sign in and then try again.")


class NotAllowed(KraftaktError):
    """Signed in, but without the right."""

    code = "not_allowed"
    sentence = N_("You do not have the right to do this. If you should have it, please ask the coordination.")


class ProofNeeded(NotAllowed):
    """Signed in, but too long ago for an act that decides something or opens the account to others."""

    code = "proof_needed"
    sentence = N_(
        "For this you must have confirmed within the last ten minutes that it is you. Please confirm it, "
        "then try again."
    )


class Refused(KraftaktError):
    """The request is understood and cannot be carried out as things stand."""

    code = "refused"
    sentence = N_("This is not possible at the moment. Please look at the declaration's overview.")


class Invalid(Refused):
    """A family: what was handed in is not accepted, whatever the state of things."""


class Unavailable(Refused):
    """A family: the same request may be carried out in a few minutes."""


class WrongPhase(Refused):
    """The declaration's phase does not allow the act."""

    code = "wrong_phase"
    sentence = N_("This is not possible in the declaration's present phase. Its overview shows what is.")


class StaleRevision(Refused):
    """The sign-off names a digest that is no longer the current one."""

    code = "stale_revision"
    sentence = N_(
        "The text has been fixed anew since you opened this page. Please read the current revision first."
    )


class AlreadyAnswered(Refused):
    """The municipality has already answered this revision."""

    code = "already_answered"
    sentence = N_("Your municipality has already answered for this revision. You need not do anything more.")


class AnswerChanged(Refused):
    """The municipality's answer is no longer the one that was shown."""

    code = "answer_changed"
    sentence = N_(
        "Meanwhile %(municipality)s has answered, or changed its answer. Please look at it before you decide."
    )


class MayorHasAnswered(Refused):
    """The mayor's own answer is not changed by those who stand for the mayor."""

    code = "mayor_has_answered"
    sentence = N_(
        "The head of %(municipality)s has answered in person. Only he or she can change this answer."
    )


class DeadlinePassed(Refused):
    code = "deadline_passed"
    sentence = N_("The time for answers is over. If you still want to answer, please call the coordination.")


class OpenSuggestions(Refused):
    """Suggestions must be accepted or rejected before a revision is fixed."""

    code = "open_suggestions"
    sentence = N_(
        "There are still open suggestions in the text (%(count)s), the first in block %(block)s (%(words)s). "
        "Please accept or reject them, then fix the text."
    )


class UnknownMarkup(Refused):
    """The live text holds kinds or marks this version does not know."""

    code = "unknown_markup"
    sentence = N_(
        "Block %(block)s of the text (%(words)s) holds content that a revision cannot keep (%(names)s). "
        "Please have it removed on the next page, then fix the text."
    )


class TextIncomplete(Refused):
    """Words of the live text wait for others that never arrived: no browser shows them yet."""

    code = "text_incomplete"
    sentence = N_(
        "Part of the text has not arrived: words are missing that others build on. Please ask %(names)s to "
        "open the text once more in the browser they wrote with, then fix it."
    )


class EmptyText(Refused):
    code = "empty_text"
    sentence = N_("The text is empty. Please write it first, then fix it.")


class UnprintableText(Refused):
    """The document cannot show these characters."""

    code = "unprintable_text"
    sentence = N_(
        "The text holds characters that the final document cannot show: %(characters)s. They stand here: "
        "%(where)s. Please replace them, then try again."
    )


class NobodySigned(Refused):
    """A declaration without a single sign-off is not sealed."""

    code = "nobody_signed"
    sentence = N_(
        "No municipality has signed this revision yet. Please wait for the first sign-off before sealing."
    )


class QuorumNotReached(Refused):
    """The declaration's rule asks for more; the page for sealing names what is missing."""

    code = "quorum_not_reached"
    sentence = N_(
        "The quorum has not been reached yet: %(counted)s of %(asked)s municipalities count so far. The page "
        "for sealing names what is missing."
    )


class WayNotAccepted(Refused):
    """The declaration does not accept sign-offs of this level; `facts['level']`."""

    code = "way_not_accepted"
    sentence = N_(
        "This declaration cannot be signed in this way. Please open its page for signing again and choose "
        "one of the ways that it offers."
    )


class CannotLeave(Refused):
    """A municipality whose signatory is invited, or which has answered, stays among those that are asked."""

    code = "cannot_leave"
    sentence = N_(
        "%(names)s cannot be left out any more: somebody is invited to sign for it. Please remove these "
        "people first."
    )


class InvalidLink(Refused):
    """A login link that is unknown, used or expired."""

    code = "invalid_link"
    sentence = N_("This link has been used already or has expired. Please have a new one sent to you.")


class InvalidCode(Invalid):
    """The one-time code is wrong, used up or expired."""

    code = "invalid_code"
    sentence = N_("This code is wrong or has expired. Please check it, or have a new one sent to you.")


class InvalidPasskey(Invalid):
    """The authenticator's answer does not prove what it should."""

    code = "invalid_passkey"
    sentence = N_("Your passkey could not be confirmed. Please try again, or choose the code by e-mail.")


class InvalidCopy(Invalid):
    """What came back is not the copy that was handed out, signed and otherwise unchanged; `facts['reason']`
    says more, in plain English."""

    code = "invalid_copy"
    sentence = N_(
        "This file is not your signing copy with a valid signature on it. Please sign the copy again "
        "without changing anything else in it, or sign with a passkey."
    )


class ForeignCertificate(Invalid):
    """The certificate names somebody else: `facts['holder']`."""

    code = "foreign_certificate"
    sentence = N_(
        "The certificate names somebody else: %(holder)s. Please sign with your own certificate, or "
        "with a passkey."
    )


class TooManyCopies(Refused):
    """One document takes no more signed copies."""

    code = "too_many_copies"
    sentence = N_(
        "The document can hold no more signed copies. Please sign with a passkey or with a code by "
        "e-mail instead."
    )


class InvalidInput(Invalid):
    """A form field is missing or malformed; `facts['field']` names it."""

    code = "invalid_input"
    sentence = N_("A field is missing or not filled in correctly. Please check what you entered.")


class InvalidTime(InvalidInput):
    """No day and time; `facts['text']` is what was entered."""

    code = "invalid_time"
    sentence = N_("“%(text)s” is no day and time. Please enter both, for example 17.06.2027, 18:00.")


class NoSuchHour(InvalidTime):
    """The clocks are put forward over it."""

    code = "no_such_hour"
    sentence = N_(
        "%(at)s does not exist: in that night the clocks are put forward. Please choose a time before 2:00 "
        "or from 3:00 on."
    )


class TwoSuchHours(InvalidTime):
    """The clocks are put back over it."""

    code = "two_such_hours"
    sentence = N_(
        "%(at)s comes twice: in that night the clocks are put back. Please say below which of the two hours "
        "you mean, or choose another time."
    )


class StaleForm(Refused):
    """The form's token does not belong to this browser's visit, or the request comes from another site."""

    code = "stale_form"
    sentence = N_(
        "This form is no longer valid. Please load the page again and repeat what you wanted to do."
    )


class TooLarge(Refused):
    """The request's body is larger than its page takes; `facts['megabytes']` is the limit."""

    code = "too_large"
    sentence = N_("This file is too large. At most %(megabytes)s MB can be checked.")


class TooMuchText(TooLarge):
    """A form without a file is larger than any form of ours."""

    code = "too_much_text"
    sentence = N_("This is more than the page takes. Please shorten what you entered.")


class WrongType(Refused):
    """The request's body is of another media type than the page takes."""

    code = "wrong_type"
    sentence = N_("This page does not take data in this form. Please load the page and use its form.")


class TooSlow(Refused):
    """The request's body did not come in time."""

    code = "too_slow"
    sentence = N_("Your data arrived too slowly. Please check your connection and try again.")


class TooMany(Refused):
    """A rate limit; `facts['seconds']` says when to try again."""

    code = "too_many"
    sentence = N_("That was too often in a short time. Please try again in %(seconds)s seconds.")


class Busy(Unavailable):
    """Too many checks of a file at once."""

    code = "busy"
    sentence = N_("Several files are being checked at this moment. Please try again in a minute.")


class Overloaded(Unavailable):
    """Too many bodies of requests are on their way at once."""

    code = "overloaded"
    sentence = N_("Too much is being sent to us at this moment. Please try again in a minute.")


class SealFailed(Unavailable):
    """The seal could not be made; nothing was changed."""

    code = "seal_failed"
    sentence = N_(
        "The document could not be sealed, and nothing was changed. Please try again in a few minutes."
    )


class StorageFailed(Unavailable):
    """Nothing can be stored at the moment, and nothing was."""

    code = "storage_failed"
    sentence = N_(
        "Nothing can be saved at the moment, and nothing was changed. Please try again in a few minutes."
    )


class WriterTaken(Refused):
    """The Yjs client id has become another person's meanwhile."""

    code = "writer_taken"
    sentence = N_("Another window has taken over this connection. Please load the page again.")
