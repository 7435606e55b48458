"""What stands against a branch: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import Refused
from server.domain.sentences import N_


class NothingToShare(Refused):
    code = "nothing_to_share"
    heading = N_("There is no proposal in this draft yet")
    sentence = N_("This draft holds no proposal that could be shared. Please write one first.")


class TooManyBranches(Refused):
    code = "too_many_branches"
    heading = N_("Too many private drafts")
    sentence = N_(
        "There are %(most)s private drafts already. Please share or discard one before you begin another."
    )


class TooManyProposals(Refused):
    code = "too_many_proposals"
    heading = N_("Too many proposals for one batch")
    sentence = N_(
        "A batch may hold %(most)s proposals, this draft holds %(count)s. Please take some of them back, or "
        "write them in a second draft."
    )


class BranchTangled(Refused):
    """Somebody wrote with one client id in the branch and in the original, or changed what is not theirs."""

    code = "branch_tangled"
    heading = N_("This draft cannot be shared")
    sentence = N_(
        "This draft does not fit the text any more: one browser window has written in both at once. Please "
        "copy your proposals from it, then discard it."
    )
