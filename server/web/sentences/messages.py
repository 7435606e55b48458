"""Sentences for people: an English source string, filled in and translated where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.domain.sentences import N_

__all__ = ["N_", "Message"]


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is the msgid; `facts` fill its `%(name)s` places; one that is a Message itself is said too."""

    text: str
    facts: Mapping[str, object] = field(default_factory=dict)
