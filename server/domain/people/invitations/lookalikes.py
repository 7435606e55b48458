"""Addresses that somebody should look at twice before a mail goes there, entered by hand.

A table's preview shows such rows among its warnings. A form is stopped once: whoever sends it again with the
same address has looked.
"""

from __future__ import annotations

from typing import Final

from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.rows import Problem
from server.domain.people.mail_addresses import parse_address
from server.domain.sentences import N_

_MIXED: Final = N_(
    "Letters of several scripts are mixed in this address (%(shown)s), as in forged ones. Please ask. If it "
    "is right, send the form once more."
)
_FOREIGN: Final = N_(
    "This address has letters that others resemble: %(shown)s is sent to %(sent)s. If that is right, send "
    "the form once more."
)


def find_doubt(email: str, looked_at: str) -> Problem | None:
    """`email`: one that can be used. `looked_at`: the address about which this person was told before."""
    address = parse_address(email)
    if not address.looks_like or _is_same(looked_at, address.text):
        return None
    text = _MIXED if address.is_mixed else _FOREIGN
    return Problem(Column.EMAIL, text, {"shown": address.looks_like, "sent": address.text})


def _is_same(looked_at: str, text: str) -> bool:
    try:
        return parse_address(looked_at).text == text
    except ValueError:
        return False
