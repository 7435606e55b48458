"""What the check says of files: each asked once, several at a time, in processes that live on."""

from __future__ import annotations

import logging
import os
import pickle
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import BinaryIO, Final, NamedTuple

from server.domain.release.verification import Finding, VerificationReport
from server.dossier.check import pages
from server.dossier.check.document import verify_document
from server.dossier.imprint import Imprint
from server.dossier.source import Source
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.sealed_again import read_seal

WHOLE: Final = "KRAFTAKT_ALL_VECTORS" in os.environ
"""Every row of the table, more changed bytes, each file's pages made again. Otherwise a part that is fixed,
and pages made once for all files that are equal up to the seal."""


class Question(NamedTuple):
    pdf: bytes
    roots: tuple[bytes, ...] | None


class Answer(NamedTuple):
    """`seconds` of the processor."""

    report: VerificationReport
    seconds: float


class Checked:
    """In the place of `ChecksApart`: the same check without a process for each file."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._answers: dict[Question, Answer] = {}

    def ask_all(self, questions: Sequence[Question]) -> list[VerificationReport]:
        new = [question for question in dict.fromkeys(questions) if question not in self._answers]
        self._answers |= zip(new, self._pool.map(_answer, new, chunksize=8), strict=True)
        return [self._answers[question].report for question in questions]

    def seconds(self, question: Question) -> float:
        return self._answers[question].seconds

    async def verify(
        self, pdf: bytes | BinaryIO, trust_roots: Sequence[bytes] | None, expected: RelyingParty | None
    ) -> VerificationReport:
        data = pdf if isinstance(pdf, bytes) else pdf.read()
        [report] = self.ask_all([Question(data, tuple(trust_roots) if trust_roots else None)])
        return report


@contextmanager
def checking() -> Iterator[Checked]:
    workers = min(2, os.cpu_count() or 1)  # each imports the server, and a third would not be faster
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin) as pool:
        yield Checked(pool)


def _begin() -> None:
    """In a new process."""
    logging.disable()  # the library tells at length of every certificate that nobody trusts
    if not WHOLE:
        once = ComparedOnce()
        pages.render_source, pages.compare_pages = once.render, once.compare


class ComparedOnce:
    """Remembers pages that were made again, and what came of comparing them, by all that it depends on."""

    def __init__(self) -> None:
        self._render, self._compare = pages.render_source, pages.compare_pages
        self._bases: dict[bytes, bytes] = {}
        self._found: dict[tuple[object, ...], Finding] = {}

    def render(self, source: Source) -> bytes:
        key = pickle.dumps(source)
        if key not in self._bases:
            self._bases[key] = self._render(source)
        return self._bases[key]

    def compare(self, pdf: bytes, base: bytes, imprint: Imprint, reason: str) -> Finding:
        key = (pdf[: read_seal(pdf).end], base, imprint, reason)
        if key not in self._found:
            self._found[key] = self._compare(pdf, base, imprint, reason)
        return self._found[key]


def _answer(question: Question) -> Answer:
    began = time.process_time()
    report = verify_document(*question)
    return Answer(report, time.process_time() - began)
