"""What goes wrong with a provider: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import Invalid, Unavailable
from server.domain.sentences import N_


class ProviderRefused(Invalid):
    """What came back from a provider does not prove who somebody is: signature, state, nonce or issuer."""

    code = "provider_refused"
    heading = N_("Not confirmed by your sign-in service")
    sentence = N_(
        "Your municipality's sign-in service has not confirmed who you are. Please try again, or have a link "
        "sent to you."
    )


class ClockWrong(ProviderRefused):
    """Its clock and ours are too far apart to tell whether the proof is new."""

    code = "clock_wrong"
    heading = N_("The clocks of two services disagree")
    sentence = N_(
        "The clock of your municipality's sign-in service differs from ours by more than five minutes. "
        "Please tell its administrators, and have a link sent to you meanwhile."
    )


class NotInvited(ProviderRefused):
    """The provider has proved somebody whom nobody invited, or names an address that is not its own."""

    code = "not_invited"
    heading = N_("Nobody is invited with this address")
    sentence = N_(
        "Nobody has been invited with the address that your municipality's sign-in service names. Please "
        "sign in with a link to the address with which you were invited, or ask the coordination."
    )


class ProviderFailed(Unavailable):
    """A provider does not answer, or not as the specification has it."""

    code = "provider_failed"
    heading = N_("Your sign-in service does not answer")
    sentence = N_(
        "Your municipality's sign-in service does not answer at the moment. Please try again in a few "
        "minutes, or have a link sent to you."
    )
