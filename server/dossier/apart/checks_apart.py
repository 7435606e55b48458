"""The check of a stranger's file in a process of its own, with limits of time and memory.

Whatever a file does to the libraries that read it, it costs this one request: not the service.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from server.domain.errors import Busy
from server.domain.release.verification import VerificationReport, parse_report
from server.domain.sign_offs.errors import InvalidCopy
from server.domain.sign_offs.papers import MAX_PAGES, Scan, ScanType, refusal
from server.domain.text.files.errors import REFUSALS, InvalidFile
from server.domain.text.files.manuscript import Manuscript, parse_manuscript
from server.dossier.apart.tasks import CopyTask, ScanTask, Task, TextTask
from server.dossier.check.refused_files import refuse_open_file
from server.signing.checks import Check, missing
from server.signing.evidence.copy_signer import CopySigner, parse_signer
from server.signing.passkeys.relying_party import RelyingParty

_ROOT: Final = Path(__file__).parents[3]
_CHILD: Final = "server.dossier.apart.verify_child"
_COPY_CHILD: Final = "server.dossier.apart.copy_child"
_SCAN_CHILD: Final = "server.dossier.apart.scan_child"
_TEXT_CHILD: Final = "server.dossier.apart.text_child"
_PIECE: Final = 256 * 1024
"""Bytes of a file that are in memory at once."""
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` from start to answer, which only a busy machine needs: the child itself has less processor
    time (`child_limits`). `megabytes` of address space; `waiting` more may queue up for a place
    among those `at_once`, for as long as one check may take."""

    seconds: float = 120.0
    megabytes: int = 1024
    at_once: int = 2
    waiting: int = 8


class ChecksApart:
    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._waiting = 0

    async def verify(
        self,
        pdf: bytes | BinaryIO,
        trust_roots: Sequence[bytes] | None,
        expected: RelyingParty | None,
    ) -> VerificationReport:
        """A file is read piece by piece from where it stands.

        What `verify_document` says; MISSING where the check could not be finished within the limits.
        Raises Busy when too many check at once."""
        file = _file(pdf)
        if refused := refuse_open_file(file):
            return VerificationReport((refused,))
        roots = None if trust_roots is None else tuple(trust_roots)
        task = Task(roots, expected, self._limits.megabytes)
        try:
            return parse_report(await self._answer(_CHILD, task.to_bytes(b""), file))
        except Unfinished as error:
            return _unfinished(str(error))

    async def accept_copy(
        self, pdf: bytes, base: int, trust_roots: Sequence[bytes], at: datetime
    ) -> CopySigner:
        """Who signed a copy of which the first `base` bytes are ours. Raises InvalidCopy, Busy."""
        task = CopyTask(base, tuple(trust_roots), at, self._limits.megabytes)
        try:
            answer = await self._answer(_COPY_CHILD, task.to_bytes(b""), _file(pdf))
        except Unfinished as error:
            raise InvalidCopy(reason=str(error)) from error
        if "refused" in answer:
            raise InvalidCopy(reason=answer["refused"])
        return parse_signer(answer["signer"])

    async def clean_scan(self, data: bytes) -> Scan:
        """What is kept of a scan. Raises InvalidScan and its family, Busy."""
        task = ScanTask(MAX_PAGES, self._limits.megabytes)
        try:
            answer = await self._answer(_SCAN_CHILD, task.to_bytes(b""), _file(data))
        except Unfinished as error:
            raise refusal("invalid_scan") from error
        if "refused" in answer:
            raise refusal(answer["refused"])
        return Scan(ScanType(answer["type"]), base64.b64decode(answer["data"]))

    async def read_text(self, file: BinaryIO) -> Manuscript:
        """The text of a file that a word processor wrote. Raises InvalidFile and its family, Busy."""
        task = TextTask(self._limits.megabytes)
        try:
            answer = await self._answer(_TEXT_CHILD, task.to_bytes(b""), file)
        except Unfinished as error:
            raise InvalidFile() from error
        if "refused" in answer:
            raise REFUSALS[answer["refused"]]()
        return parse_manuscript(answer)

    async def _answer(self, child: str, question: bytes, file: BinaryIO) -> Mapping[str, Any]:
        """Any: JSON that our own child wrote. Raises Unfinished, Busy."""
        async with self._place():
            try:
                async with asyncio.timeout(self._limits.seconds):
                    return await _ask(child, question, file)
            except TimeoutError as error:
                _log.warning("a check was ended after %s seconds", self._limits.seconds)
                raise Unfinished("it took too long") from error
            except OutOfTime as error:
                _log.warning("a check had used up its time of the processor")
                raise Unfinished("it took too long") from error
            except ChildFailed as error:
                _log.warning("a check ended by itself: %s", error)
                raise Unfinished("the file is damaged or needs too much memory") from error

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        if self._waiting >= self._limits.waiting and self._places.locked():
            raise Busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise Busy() from error
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()


class Unfinished(Exception):
    """The message says why, as part of a sentence in plain English."""


class ChildFailed(Exception):
    """The message is the exit code, or what was wrong with the answer; never anything of the file."""


class OutOfTime(ChildFailed):
    """The child had used up the time of the processor that its file is worth."""


async def _ask(module: str, question: bytes, file: BinaryIO) -> Mapping[str, Any]:
    """The child gets no environment: no secret of the service is there to be read."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env={}
    )
    try:
        writing = asyncio.create_task(_hand_over(child, question, file))
        try:
            answer = await _output(child).read()
        finally:
            writing.cancel()
        await child.wait()
    finally:
        await _end(child)
    if child.returncode == -signal.SIGXCPU:
        raise OutOfTime("out of time")
    if child.returncode != 0:
        raise ChildFailed(f"exit code {child.returncode}")
    try:
        found: Mapping[str, Any] = json.loads(answer)
    except ValueError as error:
        raise ChildFailed("no answer") from error
    return found


async def _hand_over(child: Process, question: bytes, file: BinaryIO) -> None:
    """A child that ends early says so by its exit code."""
    if child.stdin is None:
        raise TypeError("the child's input is no pipe")
    with suppress(ConnectionError):
        child.stdin.write(question)
        while piece := await asyncio.to_thread(file.read, _PIECE):
            child.stdin.write(piece)
            await child.stdin.drain()
    child.stdin.close()


def _output(child: Process) -> asyncio.StreamReader:
    if child.stdout is None:
        raise TypeError("the child's output is no pipe")
    return child.stdout


def _file(pdf: bytes | BinaryIO) -> BinaryIO:
    return BytesIO(pdf) if isinstance(pdf, bytes) else pdf


async def _end(child: Process) -> None:
    if child.returncode is None:
        child.kill()
        await child.wait()


def _unfinished(why: str) -> VerificationReport:
    return VerificationReport((missing(Check.FILE_UNFINISHED, f"The check could not be finished: {why}."),))
