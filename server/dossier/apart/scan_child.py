"""`python -m server.dossier.apart.scan_child`: cleans one scan from standard input.

The question is a line of JSON (`ScanTask`) and then the file; the answer is JSON:
`{"type": "…", "data": "…"}` with the bytes to keep in base64, or `{"refused": "…"}` with an error's code.
"""

from __future__ import annotations

import base64
import json
import sys

from server.documents.reading.scans import ScanRefused, clean_scan
from server.dossier.apart.child_limits import limit
from server.dossier.apart.tasks import ScanTask


def main() -> None:
    task = ScanTask(**json.loads(sys.stdin.buffer.readline()))
    limit(task.megabytes)
    json.dump(answer(sys.stdin.buffer.read(), task.max_pages), sys.stdout)


def answer(data: bytes, max_pages: int) -> dict[str, str]:
    """Never raises for what is in the file."""
    try:
        kind, kept = clean_scan(data, max_pages)
    except ScanRefused as error:
        return {"refused": error.code}
    return {"type": kind, "data": base64.b64encode(kept).decode()}


if __name__ == "__main__":
    main()
