"""`python -m server.dossier.apart.copy_child`: judges one signed copy from standard input.

The question is a line of JSON (`CopyTask`) and then the copy; the answer is JSON: `{"signer": {…}}`, or
`{"refused": "…"}` with the reason as a sentence in English.
"""

from __future__ import annotations

import json
import sys

from server.documents.reading.bounds import ensure_bounded_trees
from server.documents.reading.copy_changes import ensure_only_signed
from server.documents.signing_copy import FIELD
from server.dossier.apart.child_limits import limit, limit_work
from server.dossier.apart.tasks import CopyTask
from server.signing.evidence.bundle_reader import reason
from server.signing.evidence.signed_copy import accept_copy
from server.signing.seal.check.seal_trust import Trust


def main() -> None:
    task = CopyTask.from_line(sys.stdin.buffer.readline())
    limit(task.megabytes)
    pdf = sys.stdin.buffer.read()
    limit_work(len(pdf))
    json.dump(answer(pdf, task), sys.stdout)


def answer(pdf: bytes, task: CopyTask) -> dict[str, object]:
    """Never raises for what is in the file."""
    try:
        ensure_bounded_trees(pdf)
        ensure_only_signed(pdf, task.base, FIELD)
        signer = accept_copy(pdf, task.base, Trust(task.trust_roots, task.at))
    except Exception as error:  # a stranger's bytes: every fault means the same
        return {"refused": reason(error)}
    return {"signer": signer.to_json()}


if __name__ == "__main__":
    main()
