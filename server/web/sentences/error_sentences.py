"""Every error's status and sentence. A sentence says what happened and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.web.sentences.messages import N_

SENTENCES: Final[Mapping[str, tuple[int, str]]] = {
    "error": (
        500,
        N_(
            "Something went wrong on our side. Please try again in a few minutes. "
            "If it happens again, tell the coordination the reference below."
        ),
    ),
    "not_found": (
        404,
        N_("This page does not exist, or you have no access to it. Please go back to the overview."),
    ),
    "method_not_allowed": (405, N_("This address cannot be used this way. Please go back to the overview.")),
    "not_signed_in": (401, N_("You are not signed in. Please sign in and then try again.")),
    "not_allowed": (
        403,
        N_("You do not have the right to do this. If you should have it, please ask the coordination."),
    ),
    "refused": (409, N_("This is not possible at the moment. Please look at the declaration's overview.")),
    "wrong_phase": (
        409,
        N_("This is not possible in the declaration's present phase. Its overview shows what is."),
    ),
    "stale_revision": (
        409,
        N_(
            "The text has been fixed anew since you opened this page. Please read the current revision first."
        ),
    ),
    "already_answered": (
        409,
        N_("Your municipality has already answered for this revision. You need not do anything more."),
    ),
    "open_suggestions": (
        409,
        N_(
            "There are still open suggestions in the text (%(count)s). "
            "Please accept or reject them, then fix the text."
        ),
    ),
    "unknown_markup": (
        409,
        N_(
            "The text holds formatting that a revision cannot keep. "
            "Please insert the passage again as plain text."
        ),
    ),
    "empty_text": (409, N_("The text is empty. Please write it first, then fix it.")),
    "unprintable_text": (
        409,
        N_(
            "The text holds characters that the final document cannot show. "
            "Please replace them and fix the text again."
        ),
    ),
    "nobody_signed": (
        409,
        N_(
            "No municipality has signed this revision yet. Please wait for the first sign-off before sealing."
        ),
    ),
    "invalid_link": (
        410,
        N_("This link has been used already or has expired. Please have a new one sent to you."),
    ),
    "invalid_code": (
        422,
        N_("This code is wrong or has expired. Please check it, or have a new one sent to you."),
    ),
    "invalid_passkey": (
        422,
        N_("Your passkey could not be confirmed. Please try again, or choose the code by e-mail."),
    ),
    "invalid_copy": (
        422,
        N_(
            "This file is not your signing copy with a valid signature on it. Please sign the copy again "
            "without changing anything else in it, or sign with a passkey."
        ),
    ),
    "foreign_certificate": (
        422,
        N_(
            "The certificate names somebody else: %(holder)s. "
            "Please sign with your own certificate, or with a passkey."
        ),
    ),
    "too_many_copies": (
        409,
        N_(
            "The document can hold no more signed copies. "
            "Please sign with a passkey or with a code by e-mail instead."
        ),
    ),
    "invalid_input": (
        422,
        N_("A field is missing or not filled in correctly. Please check what you entered."),
    ),
    "stale_form": (
        403,
        N_("This form is no longer valid. Please load the page again and repeat what you wanted to do."),
    ),
    "too_large": (413, N_("This file is too large. At most %(megabytes)s MB can be checked.")),
    "too_slow": (408, N_("Your data arrived too slowly. Please check your connection and try again.")),
    "too_many": (
        429,
        N_("That was too often in a short time. Please try again in %(seconds)s seconds."),
    ),
    "busy": (
        503,
        N_("Several files are being checked at this moment. Please try again in a minute."),
    ),
    "storage_failed": (
        503,
        N_("Nothing can be saved at the moment, and nothing was changed. Please try again in a few minutes."),
    ),
    "writer_taken": (
        409,
        N_("Another window has taken over this connection. Please load the page again."),
    ),
    "seal_failed": (
        503,
        N_("The document could not be sealed, and nothing was changed. Please try again in a few minutes."),
    ),
}
