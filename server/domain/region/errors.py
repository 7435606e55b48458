"""What can be wrong with a page for the hall."""

from __future__ import annotations

from server.domain.errors import NotFound, Refused
from server.domain.sentences import N_


class WallGone(NotFound):
    """The link is unknown, or was taken back."""

    code = "wall_gone"
    heading = N_("This link no longer works")
    sentence = N_(
        "This link to the page for the hall does not work, or works no more. Please ask the coordination "
        "for a new one."
    )


class TooManyWalls(Refused):
    """`most` may work at the same time."""

    code = "too_many_walls"
    heading = N_("There are enough links")
    sentence = N_("%(most)s links work already. Please take one back before you make another.")
