"""Addresses that a text of ours keeps."""

from __future__ import annotations

import re
from typing import Final

from server.domain.text.content import LINK_SCHEMES
from server.domain.text.live_text import is_link

MAX_LINK: Final = 4_000
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")


def keeps_link(address: str) -> bool:
    """Web pages and mail addresses, as the room takes them."""
    return (
        is_link(address)
        and len(address) <= MAX_LINK
        and address.lower() not in LINK_SCHEMES
        and not _BLANK.search(address)
    )
