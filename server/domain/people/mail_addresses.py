"""E-mail addresses as people type them: which can be used, and which look like another one.

The part before the @ is held to RFC 5322's dot-atom; quoted local parts, which RFC 5321 (4.1.2) warns of, are
refused. Domains outside ASCII are kept in the form that mail servers use (RFC 5891).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_ADDRESS: Final = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_ACE: Final = "xn--"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """`text` is what mail is sent to, in small letters. `looks_like` is how a domain outside ASCII is shown;
    empty for all others. `is_mixed`: a label of it has letters of several scripts, as forged ones do."""

    text: str
    looks_like: str = ""
    is_mixed: bool = False


def parse_address(typed: str) -> MailAddress:
    """Raises ValueError for what is no single address of a mailbox."""
    local, at, domain = typed.strip().rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        raise ValueError("no address")
    labels = [_to_ascii(label) for label in _folded(domain).split(".")]
    text = f"{local}@{'.'.join(labels)}".lower()
    if len(labels) < 2 or len(text) > MAX_ADDRESS or labels[-1].isdecimal():
        raise ValueError("no address")
    shown = [_to_unicode(label) for label in labels]
    if shown == labels:
        return MailAddress(text)
    return MailAddress(text, ".".join(shown), any(len(_scripts(label)) > 1 for label in shown))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _folded(domain: str) -> str:
    """Small letters in their composed form; ß stays, which is a letter of its own in domains (RFC 5894)."""
    return unicodedata.normalize("NFKC", domain.replace("\u3002", ".")).lower()


def _to_ascii(label: str) -> str:
    if not label.isascii():
        if not all(char == "-" or char.isalpha() or char.isdecimal() for char in label):
            raise ValueError("no address")
        label = _ACE + label.encode("punycode").decode("ascii")
    if not _LABEL.fullmatch(label):
        raise ValueError("no address")
    return label


def _to_unicode(label: str) -> str:
    if not label.startswith(_ACE):
        return label
    try:
        return label.removeprefix(_ACE).encode("ascii").decode("punycode")
    except UnicodeError as error:
        raise ValueError("no address") from error


def _scripts(label: str) -> set[str]:
    """By the first word of each letter's name: LATIN, CYRILLIC, GREEK …"""
    return {unicodedata.name(char, "UNKNOWN").split()[0] for char in label if char.isalpha()}
