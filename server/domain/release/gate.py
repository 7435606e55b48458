"""When a declaration is public: derived from what is stored and the clock, at every reading.

Nothing has to happen at the hour. A job records afterwards that it came (`actions.release.opening`); whoever
reads in between, in another process or after a restart, gets the same answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from server.domain.declarations import Declaration, Phase


def is_public(declaration: Declaration, now: datetime) -> bool:
    """From the very second of `release_at` on. The lock „vertraulich“ outranks the hour.

    What was published stays so when it is withdrawn: its page says that, and why."""
    match declaration.phase:
        case Phase.PUBLISHED:
            return True
        case Phase.SEALED:
            return is_due(declaration, now)
        case Phase.WITHDRAWN:
            return declaration.retracted_at is not None
        case Phase.DRAFTING | Phase.SIGNING:
            return False


def is_due(declaration: Declaration, now: datetime) -> bool:
    """Sealed, its hour has come, and nothing holds it back."""
    hour = declaration.release_at
    return (
        declaration.phase is Phase.SEALED
        and hour is not None
        and hour <= now
        and not declaration.confidential
    )


def as_of(declaration: Declaration, now: datetime) -> Declaration:
    """With the phase that the clock gives it, whether the job has recorded that already or not."""
    return replace(declaration, phase=Phase.PUBLISHED) if is_due(declaration, now) else declaration


def hour_after_the_seal(
    release_at: datetime | None, embargo: datetime | None, now: datetime
) -> datetime | None:
    """What the seal fixes as the page's hour: what was set, else the Sperrfrist. One that has passed while
    the answers came in would open the page in the moment of the seal: then somebody decides anew."""
    hour = release_at or embargo
    return hour if hour is not None and hour > now else None
