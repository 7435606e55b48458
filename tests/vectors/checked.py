"""What the check says of files: each asked once, several at a time, in processes that live on."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import BinaryIO, NamedTuple

from server.domain.release.verification import VerificationReport
from server.dossier.check.document import verify_document
from server.signing.passkeys.relying_party import RelyingParty


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
        self._answers |= zip(new, self._pool.map(_answer, new, chunksize=4), strict=True)
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
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        yield Checked(pool)


def _answer(question: Question) -> Answer:
    logging.disable()  # the library tells at length of every certificate that nobody trusts
    began = time.process_time()
    report = verify_document(*question)
    return Answer(report, time.process_time() - began)
