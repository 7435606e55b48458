"""The questions that child processes answer: a line of JSON each, followed by the file.

Apart from the children, so that who asks need not load what they load.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from server.signing.passkeys.relying_party import RelyingParty


@dataclass(frozen=True, slots=True)
class Task:
    """`trust_roots` and `expected` as in `verify_document`. `megabytes` is the address space that the child
    may use."""

    trust_roots: tuple[bytes, ...] | None
    expected: RelyingParty | None
    megabytes: int

    def to_bytes(self, pdf: bytes) -> bytes:
        roots, expected = self.trust_roots, self.expected
        facts = {
            "trust_roots": None if roots is None else [base64.b64encode(root).decode() for root in roots],
            "relying_party": expected and [expected.id, expected.name, list(expected.origins)],
            "megabytes": self.megabytes,
        }
        return json.dumps(facts).encode() + b"\n" + pdf

    @classmethod
    def from_line(cls, line: bytes) -> Task:
        facts = json.loads(line)
        roots, service = facts["trust_roots"], facts["relying_party"]
        return cls(
            None if roots is None else tuple(base64.b64decode(root) for root in roots),
            RelyingParty(service[0], service[1], tuple(service[2])) if service else None,
            facts["megabytes"],
        )


@dataclass(frozen=True, slots=True)
class CopyTask:
    """`base` is the length of what was handed out, `trust_roots` are DER, `megabytes` as in `Task`."""

    base: int
    trust_roots: tuple[bytes, ...]
    at: datetime
    megabytes: int

    def to_bytes(self, pdf: bytes) -> bytes:
        facts = {
            "base": self.base,
            "trust_roots": [base64.b64encode(root).decode() for root in self.trust_roots],
            "at": self.at.isoformat(),
            "megabytes": self.megabytes,
        }
        return json.dumps(facts).encode() + b"\n" + pdf

    @classmethod
    def from_line(cls, line: bytes) -> CopyTask:
        facts = json.loads(line)
        roots = tuple(base64.b64decode(root) for root in facts["trust_roots"])
        return cls(facts["base"], roots, datetime.fromisoformat(facts["at"]), facts["megabytes"])


@dataclass(frozen=True, slots=True)
class ScanTask:
    """`megabytes` of address space that the child may use."""

    max_pages: int
    megabytes: int

    def to_bytes(self, data: bytes) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n" + data


@dataclass(frozen=True, slots=True)
class TextTask:
    """`megabytes` of address space that the child may use."""

    megabytes: int

    def to_bytes(self, data: bytes) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n" + data
