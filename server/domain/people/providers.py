"""Providers that prove who somebody is: OpenID Connect Core 1.0."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """One fixed issuer of one municipality (`ags`). `key` stands in our addresses, `name` on the button;
    `domains` are those of the addresses that it may name."""

    key: str
    name: str
    ags: str
    issuer: str
    client_id: str
    client_secret: str
    domains: frozenset[str]

    def may_name(self, email: str) -> bool:
        return email.rpartition("@")[2].lower() in self.domains
