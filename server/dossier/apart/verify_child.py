"""`python -m server.dossier.apart.verify_child`: one check of one file from standard input.

The question is a line of JSON (`Task`) and then the file; the answer is the report as JSON.
"""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import dataclass

from server.dossier.apart.child_limits import limit
from server.dossier.check.document import verify_document
from server.signing.passkeys.relying_party import RelyingParty


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
    limit(task.megabytes)
    report = verify_document(sys.stdin.buffer.read(), task.trust_roots, task.expected)
    json.dump(report.to_json(), sys.stdout)


if __name__ == "__main__":
    main()
