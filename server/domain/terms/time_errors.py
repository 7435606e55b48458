"""What is refused of a day and time that somebody entered."""

from __future__ import annotations

from server.domain.errors import InvalidInput
from server.domain.sentences import N_


class InvalidTime(InvalidInput):
    """No day and time; `facts['text']` is what was entered."""

    code = "invalid_time"
    heading = N_("This is no day and time")
    sentence = N_("“%(text)s” is no day and time. Please enter both, for example 17.06.2027, 18:00.")


class NoSuchHour(InvalidTime):
    """The clocks are put forward over it."""

    code = "no_such_hour"
    heading = N_("This hour does not exist")
    sentence = N_(
        "%(at)s does not exist: in that night the clocks are put forward. Please choose a time before 2:00 "
        "or from 3:00 on."
    )


class TwoSuchHours(InvalidTime):
    """The clocks are put back over it."""

    code = "two_such_hours"
    heading = N_("This hour comes twice")
    sentence = N_(
        "%(at)s comes twice: in that night the clocks are put back. Please say below which of the two hours "
        "you mean, or choose another time."
    )
