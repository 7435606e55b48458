"""Checks of strangers' files without a process for each, whose imports take longer than most tests.

The same functions answer, in a thread; limits of time and memory are what
`tests/dossier/test_checking_apart.py` and the stories look at, with the process.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

from server.dossier.apart import checks_apart, copy_child, scan_child, text_child
from server.dossier.apart.checks_apart import ChecksApart
from server.dossier.apart.tasks import CopyTask, ScanTask, Task
from server.dossier.check.document import verify_document


def _verify(question: bytes, data: bytes) -> object:
    task = Task.from_line(question)
    return verify_document(data, task.trust_roots, task.expected).to_json()


def _accept(question: bytes, data: bytes) -> object:
    return copy_child.answer(data, CopyTask.from_line(question))


def _clean(question: bytes, data: bytes) -> object:
    return scan_child.answer(data, ScanTask(**json.loads(question)).max_pages)


def _read(_: bytes, data: bytes) -> object:
    return text_child.answer(data)


_ANSWERS: Final[Mapping[str, Callable[[bytes, bytes], object]]] = {
    checks_apart._CHILD: _verify,
    checks_apart._COPY_CHILD: _accept,
    checks_apart._SCAN_CHILD: _clean,
    checks_apart._TEXT_CHILD: _read,
}


class ChecksWithin(ChecksApart):
    async def _answer(self, child: str, question: bytes, file: BinaryIO) -> Mapping[str, Any]:
        async with self._place():
            answer = await asyncio.to_thread(lambda: _ANSWERS[child](question, file.read()))
        found: Mapping[str, Any] = json.loads(json.dumps(answer))
        return found
