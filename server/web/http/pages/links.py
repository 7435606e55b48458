"""Something to press that leads on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.web.sentences.messages import Message


@dataclass(frozen=True, slots=True)
class Action:
    """`label` is in the source language, `facts` fill its places; `href` is a path on this site."""

    label: str
    href: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> Message:
        return Message(self.label, self.facts)
