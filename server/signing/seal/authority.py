"""Where time stamps come from."""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import cms
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper

from server.signing.seal.check.envelope import is_regular_stamp


class IrregularStamp(ValueError):
    """The authority writes its stamps in a form that no verifier of ours takes."""


class _Client(HTTPTimeStamper):
    """What a verifier would refuse is refused while another authority can still be asked."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        token = await super().async_timestamp(message_digest, md_algorithm)
        if not is_regular_stamp(token):
            raise IrregularStamp()
        return token


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority (RFC 3161). `password` belongs to `user`, both empty without a login."""

    url: str
    user: str = ""
    password: str = ""

    def client(self, timeout: float) -> TimeStamper:
        login = (self.user, self.password) if self.user else None
        return _Client(self.url, timeout=timeout, auth=login)

    def __repr__(self) -> str:
        return f"Authority({self.url!r})"
