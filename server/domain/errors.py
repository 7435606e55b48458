"""One error tree. Each error has a stable code; `web.errors` turns codes into sentences and HTTP statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class KraftaktError(Exception):
    """Something a person can be told. `code` is stable, `facts` fill the sentence."""

    code: ClassVar[str] = "error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {dict(self.facts)}" if self.facts else self.code


class NotFound(KraftaktError):
    """There is no such thing, or the person may not know that there is."""

    code = "not_found"


class NotSignedIn(KraftaktError):
    code = "not_signed_in"


class NotAllowed(KraftaktError):
    """Signed in, but without the right."""

    code = "not_allowed"


class Refused(KraftaktError):
    """The request is understood and cannot be carried out as things stand."""

    code = "refused"


class WrongPhase(Refused):
    """The declaration's phase does not allow the act."""

    code = "wrong_phase"


class StaleRevision(Refused):
    """The sign-off names a digest that is no longer the current one."""

    code = "stale_revision"


class AlreadyAnswered(Refused):
    """The municipality has already answered this revision."""

    code = "already_answered"


class OpenSuggestions(Refused):
    """Suggestions must be accepted or rejected before a revision is fixed."""

    code = "open_suggestions"


class UnknownMarkup(Refused):
    """The live text holds kinds or marks this version does not know."""

    code = "unknown_markup"


class EmptyText(Refused):
    code = "empty_text"


class UnprintableText(Refused):
    """The document cannot show these characters."""

    code = "unprintable_text"


class NobodySigned(Refused):
    """A declaration without a single sign-off is not sealed."""

    code = "nobody_signed"


class InvalidLink(Refused):
    """A login link that is unknown, used or expired."""

    code = "invalid_link"


class InvalidCode(Refused):
    """The one-time code is wrong, used up or expired."""

    code = "invalid_code"


class InvalidPasskey(Refused):
    """The authenticator's answer does not prove what it should."""

    code = "invalid_passkey"


class InvalidCopy(Refused):
    """What came back is not the copy that was handed out, signed and otherwise unchanged; `facts['reason']`
    says more, in plain English."""

    code = "invalid_copy"


class ForeignCertificate(Refused):
    """The certificate names somebody else: `facts['holder']`."""

    code = "foreign_certificate"


class TooManyCopies(Refused):
    """One document takes no more signed copies."""

    code = "too_many_copies"


class InvalidInput(Refused):
    """A form field is missing or malformed; `facts['field']` names it."""

    code = "invalid_input"


class StaleForm(Refused):
    """The form's token does not belong to this browser's visit, or the request comes from another site."""

    code = "stale_form"


class TooLarge(Refused):
    """The request's body is larger than its page takes; `facts['megabytes']` is the limit."""

    code = "too_large"


class TooSlow(Refused):
    """The request's body did not come in time."""

    code = "too_slow"


class TooMany(Refused):
    """A rate limit; `facts['seconds']` says when to try again."""

    code = "too_many"


class Busy(Refused):
    """Too many checks of a file at once."""

    code = "busy"


class SealFailed(Refused):
    """The seal could not be made; nothing was changed."""

    code = "seal_failed"


class StorageFailed(KraftaktError):
    """Nothing can be stored at the moment, and nothing was."""

    code = "storage_failed"


class WriterTaken(Refused):
    """The Yjs client id has become another person's meanwhile."""

    code = "writer_taken"
