"""Who asks for a passkey: the relying party of WebAuthn Level 3, section 4."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """`id` is a domain without scheme, `origins` are full web origins (scheme, host, port if unusual)."""

    id: str
    name: str
    origins: tuple[str, ...]

    @property
    def id_hash(self) -> bytes:
        """What an authenticator writes in front of everything it signs (section 6.1), 32 bytes."""
        return hashlib.sha256(self.id.encode()).digest()
