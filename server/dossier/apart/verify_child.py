"""`python -m server.dossier.apart.verify_child`: one check of one file from standard input.

The question is a line of JSON (`Task`) and then the file; the answer is the report as JSON. Most of what a
check of a document of ours needs is loaded only for what may be one: whatever else comes is refused sooner.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

from server.domain.release.verification import VerificationReport
from server.dossier.apart.child_limits import limit, limit_work
from server.dossier.apart.tasks import Task
from server.dossier.check.first_look import look_at


def main() -> None:
    task = Task.from_line(sys.stdin.buffer.readline())
    limit(task.megabytes)
    pdf = sys.stdin.buffer.read()
    limit_work(len(pdf))
    json.dump(answer(pdf, task).to_json(), sys.stdout)


def answer(pdf: bytes, task: Task) -> VerificationReport:
    """What `verify_document` says."""
    found = look_at(pdf)
    if isinstance(found, VerificationReport):
        return found
    check = import_module("server.dossier.check.document")
    limit_work(len(pdf))  # loading does not count
    report: VerificationReport = check.verify_attached(pdf, found, task.trust_roots, task.expected)
    return report


if __name__ == "__main__":
    main()
