"""Copies that are signed with certificates of one's own."""

from __future__ import annotations

from server.domain.errors import Refused
from server.domain.sentences import N_


class NoJointCopies(Refused):
    """A document holds one signed copy for each municipality, and two employees would need two."""

    code = "no_joint_copies"
    heading = N_("Joint answers are not signed on a copy")
    sentence = N_(
        "Two people who answer jointly cannot sign with certificates of their own here. Please sign with a "
        "passkey or with a code by e-mail."
    )
