"""What the check of a signed copy found, in plain words: what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.errors import KraftaktError
from server.domain.sign_offs.errors import InvalidCopy
from server.web.sentences.messages import N_

_MISSING: Final = N_("Please choose the signed file.")
_VERDICTS: Final[Mapping[str, str]] = {
    "It is not the copy that was handed out.": N_(
        "This is another file than the copy you downloaded here, or a program has written it anew. Please "
        "sign the downloaded file itself and save the signature into it; printing to PDF does not work."
    ),
    "The copy bears no signature, or is too large.": N_(
        "There is no signature in this file. Please sign the copy with your card or certificate and hand in "
        "the signed file."
    ),
    "The copy bears no signature.": N_(
        "There is no signature in this file. Please sign the copy with your card or certificate and hand in "
        "the signed file."
    ),
    "The copy bears another signature than the one asked for.": N_(
        "The signature stands in another place than the field „Unterschrift“. Please sign in this field."
    ),
    "The copy was changed after it was signed.": N_(
        "The file was changed after it was signed. Please sign the copy again and save nothing afterwards."
    ),
    "More than the signature field was changed in the copy.": N_(
        "More was changed in the file than the signature. Please sign the downloaded copy again, without "
        "notes and without filling in anything else."
    ),
    "The signature does not cover the whole copy.": N_(
        "The signature does not cover the whole file. Please sign the copy again and save nothing afterwards."
    ),
    "The certificate is not valid now.": N_(
        "Your certificate has expired or is not valid yet. Please use a valid one, or sign with a passkey."
    ),
    "The certificate was revoked.": N_(
        "Your certificate was revoked. Please use a valid one, or sign with a passkey."
    ),
    "It is no longer waited for.": N_(
        "This copy is no longer waited for. Please go back to the page for signing and download a new one."
    ),
}
"""By the reason of the check."""


def verdict_on(error: KraftaktError, *, is_missing: bool) -> str:
    """A sentence of the catalogue; empty where the error's own says it all."""
    if is_missing:
        return _MISSING
    return _VERDICTS.get(str(error.facts.get("reason")), "") if isinstance(error, InvalidCopy) else ""
