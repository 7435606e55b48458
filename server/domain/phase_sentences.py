"""What is said where a declaration's phase does not allow an act, by the phase's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.sentences import N_

WRONG_PHASES: Final[Mapping[str, str]] = {
    "drafting": N_(
        "The text is open and being written. As soon as a revision is fixed, the signatories are asked "
        "for their sign-off by e-mail."
    ),
    "signing": N_(
        "The text is fixed and being signed. It can be changed only when the coordination opens it again."
    ),
    "sealed": N_("The declaration is completed. Neither its text nor its sign-offs can be changed."),
    "published": N_("The declaration is published. Neither its text nor its sign-offs can be changed."),
    "withdrawn": N_("The declaration has been withdrawn. Nothing in it can be changed any more."),
}
