"""What every notice is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from server.domain.notices.kinds import NoticeKind, Stop


@dataclass(frozen=True, slots=True)
class Notice:
    """`template`: the mail is `templates/mail/TEMPLATE.LANGUAGE.html`. Fields are texts, numbers and truth
    values: a notice waits as JSON until it leaves. A moment is a text in ISO 8601.

    `kind`: what its recipient may choose about; None for what belongs to their account and always comes.
    Where that may be the daily mail, the template has a block `line`, the notice `declaration` and `link`.
    `stop`: what its recipient can stop with one press.
    `expires_after`: it is of no use later, and does not leave then.
    """

    template: ClassVar[str]
    kind: ClassVar[NoticeKind | None] = None
    stop: ClassVar[Stop | None] = None
    expires_after: ClassVar[timedelta | None] = None
