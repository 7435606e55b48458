"""What stands against an answer, a copy or the seal: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import (
    Invalid,
    Refused,
)
from server.domain.sentences import N_


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
