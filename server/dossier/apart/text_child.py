"""`python -m server.dossier.apart.text_child`: reads one file as a text, from standard input.

The question is a line of JSON (`TextTask`) and then the file; the answer is JSON: a manuscript, or
`{"refused": "…"}` with an error's code.
"""

from __future__ import annotations

import json
import sys

from server.documents.word.reading import read_file
from server.domain.text.files.errors import InvalidFile
from server.dossier.apart.child_limits import limit, limit_work
from server.dossier.apart.tasks import TextTask


def main() -> None:
    task = TextTask(**json.loads(sys.stdin.buffer.readline()))
    limit(task.megabytes)
    data = sys.stdin.buffer.read()
    limit_work(len(data))
    json.dump(answer(data), sys.stdout)


def answer(data: bytes) -> dict[str, object]:
    """Never raises for what is in the file."""
    try:
        return read_file(data).to_json()
    except InvalidFile as error:
        return {"refused": error.code}


if __name__ == "__main__":
    main()
