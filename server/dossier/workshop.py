"""What a document is made with: the seal, and the addresses that it names."""

from __future__ import annotations

from typing import Protocol

from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.seal import Sealer


class Workshop(Protocol):
    """`base_url`: where the document's readers find its verification page."""

    @property
    def sealer(self) -> Sealer: ...

    @property
    def relying_party(self) -> RelyingParty: ...

    @property
    def base_url(self) -> str: ...
