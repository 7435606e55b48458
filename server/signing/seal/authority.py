"""Where time stamps come from."""

from __future__ import annotations

from dataclasses import dataclass

from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority (RFC 3161). `password` belongs to `user`, both empty without a login."""

    url: str
    user: str = ""
    password: str = ""

    def client(self, timeout: float) -> TimeStamper:
        login = (self.user, self.password) if self.user else None
        return HTTPTimeStamper(self.url, timeout=timeout, auth=login)

    def __repr__(self) -> str:
        return f"Authority({self.url!r})"
