"""`python -m server.dossier.apart.verify_child`: one check of one file from standard input.

The question is a line of JSON (`Task`) and then the file; the answer is the report as JSON.
"""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import dataclass

from server.dossier.apart.child_limits import limit, limit_work
from server.dossier.check.document import verify_document
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


def main() -> None:
    task = Task.from_line(sys.stdin.buffer.readline())
    limit(task.megabytes)
    pdf = sys.stdin.buffer.read()
    limit_work(len(pdf))
    report = verify_document(pdf, task.trust_roots, task.expected)
    json.dump(report.to_json(), sys.stdout)


if __name__ == "__main__":
    main()
