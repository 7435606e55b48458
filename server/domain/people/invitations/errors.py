"""What can be wrong with a table of people, with somebody who is asked in, and with an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.domain.errors import Invalid, Refused
from server.domain.sentences import N_


class UnreadableTable(Invalid):
    """Neither a spreadsheet nor separated values, damaged, locked, or far too large unpacked."""

    code = "unreadable_table"
    heading = N_("The table cannot be read")
    sentence = N_(
        "This file cannot be read as a table. Please save it as an XLSX or CSV file of at most 5 MB without "
        "a password, or copy its rows and paste them."
    )


class EmptyTable(Invalid):
    code = "empty_table"
    heading = N_("The table is empty")
    sentence = N_("The table holds no row. Please paste the rows, or choose a file with them.")


class LongTable(Invalid):
    """`facts['most']`: how many lines are read."""

    code = "long_table"
    heading = N_("The table is too long")
    sentence = N_("The table has more than %(most)s rows. Please bring them in several parts.")


class FormulaCells(Invalid):
    """`facts['line']`: where the first formula stands."""

    code = "formula_cells"
    heading = N_("The table holds formulas")
    sentence = N_(
        "Row %(line)s holds a formula (a cell that begins with =). Please copy the table and paste it as "
        "values only, then try again."
    )


class MergedCells(Invalid):
    code = "merged_cells"
    heading = N_("The table has merged cells")
    sentence = N_(
        "The table has merged cells, so it is not certain which row they belong to. Please unmerge them, "
        "fill in every row, and try again."
    )


class FaultyRows(Invalid):
    """All or nothing: `facts['count']` rows still need somebody."""

    code = "faulty_rows"
    heading = N_("Some rows need a correction")
    sentence = N_(
        "%(count)s rows still need a correction, so nothing was imported. Please correct them or leave them "
        "out."
    )


class FaultyPart(Invalid):
    """Somebody cannot be asked in or given a role like this; `problems` say why, field by field."""

    code = "faulty_part"
    heading = N_("Something is missing or not right")
    sentence = N_("Something is missing or not right yet. Please look at the marked fields.")

    def __init__(self, problems: Sequence[Any] = (), doubtful: str = "") -> None:
        """`doubtful`: the address that can be used once somebody has looked at it."""
        super().__init__()
        self.problems = problems
        self.doubtful = doubtful


class ChangedDraft(Refused):
    """The rows that were shown are not those that are kept now."""

    code = "changed_draft"
    heading = N_("The rows have changed meanwhile")
    sentence = N_(
        "The rows have been changed in another window since this page was opened, so nothing was done. "
        "Please look at them again."
    )


class LastCoordinator(Refused):
    code = "last_coordinator"
    heading = N_("Somebody must stay in the coordination")
    sentence = N_(
        "This is the only person in the coordination, so the declaration would have nobody to run it. Please "
        "invite somebody else to the coordination first."
    )


class InvalidInvitation(Refused):
    """Unknown, revoked or replaced by a newer one."""

    code = "invalid_invitation"
    heading = N_("This invitation is no longer valid")
    sentence = N_(
        "This invitation is no longer valid. If a newer one is in your mailbox, please use its link. "
        "Otherwise ask whoever invited you for a new one."
    )


class ExpiredInvitation(InvalidInvitation):
    """`facts` say nothing: who has the link can ask for a new one."""

    code = "expired_invitation"
    heading = N_("This invitation has expired")
    sentence = N_("This invitation has expired. Please have a new one sent to the same address.")


class UsedInvitation(InvalidInvitation):
    code = "used_invitation"
    heading = N_("This invitation has been accepted already")
    sentence = N_(
        "This invitation has been accepted already. Please sign in with your e-mail address; a link will be "
        "sent to you."
    )
