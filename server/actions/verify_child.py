"""`python -m server.actions.verify_child`: one check, asked on standard input, answered on standard output.

The question is a line of JSON (`Task`) and then the file; the answer is the report as JSON.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
from dataclasses import dataclass
from typing import Final

from server.actions.verify_document import verify_document
from server.documents.safe_streams import bound_library
from server.signing.relying_party import RelyingParty

_CPU_SECONDS: Final = 60  # in case nobody is left to end it


@dataclass(frozen=True, slots=True)
class Task:
    """`trust_roots` are DER. `megabytes` is the address space that the child may use."""

    trust_roots: tuple[bytes, ...]
    expected: RelyingParty
    megabytes: int

    def to_bytes(self, pdf: bytes) -> bytes:
        facts = {
            "trust_roots": [base64.b64encode(root).decode() for root in self.trust_roots],
            "relying_party": [self.expected.id, self.expected.name, list(self.expected.origins)],
            "megabytes": self.megabytes,
        }
        return json.dumps(facts).encode() + b"\n" + pdf

    @classmethod
    def from_line(cls, line: bytes) -> Task:
        facts = json.loads(line)
        name, label, origins = facts["relying_party"]
        roots = tuple(base64.b64decode(root) for root in facts["trust_roots"])
        return cls(roots, RelyingParty(name, label, tuple(origins)), facts["megabytes"])


def main() -> None:
    task = Task.from_line(sys.stdin.buffer.readline())
    _limit(task.megabytes)
    report = verify_document(sys.stdin.buffer.read(), task.trust_roots, task.expected)
    json.dump(report.to_json(), sys.stdout)


def _limit(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    for nothing in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(nothing, (0, 0))
    bound_library()


if __name__ == "__main__":
    main()
