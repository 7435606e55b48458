"""What the service says about the file it publishes under a code, for whoever holds one to compare with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from server.signing.seal.sealed_again import read_seal


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """Digests are SHA-256 in hexadecimal digits. The sealed part is the first `sealed_length` bytes: it stays
    when an archive renews the time stamps behind it."""

    digest: str
    sealed_length: int
    sealed_digest: str

    def to_json(self) -> dict[str, str | int]:
        return {
            "digest": self.digest,
            "sealed_length": self.sealed_length,
            "sealed_digest": self.sealed_digest,
        }


def published_file(pdf: bytes) -> PublishedFile:
    """Of a file that the service itself sealed."""
    end = read_seal(pdf).end
    return PublishedFile(_digest(pdf), end, _digest(pdf[:end]))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
