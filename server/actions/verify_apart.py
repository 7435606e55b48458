"""The check of a stranger's file in a process of its own, with limits of time and memory.

Whatever a file does to the libraries that read it, it costs this one request: not the service.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.actions.verify_child import Task
from server.domain.errors import Busy
from server.domain.verification import VerificationReport, parse_report
from server.signing.checks import Check, missing
from server.signing.relying_party import RelyingParty

_ROOT: Final = Path(__file__).parents[2]
_CHILD: Final = "server.actions.verify_child"
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` from start to answer, `megabytes` of address space; `waiting` more may queue up for a place
    among those `at_once`, for as long as one check may take."""

    seconds: float = 20.0
    megabytes: int = 1024
    at_once: int = 2
    waiting: int = 8


class ChecksApart:
    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._waiting = 0

    async def verify(
        self, pdf: bytes, trust_roots: Sequence[bytes], expected: RelyingParty
    ) -> VerificationReport:
        """What `verify_document` says; MISSING where the check could not be finished within the limits.
        Raises Busy when too many check at once."""
        async with self._place():
            task = Task(tuple(trust_roots), expected, self._limits.megabytes)
            try:
                async with asyncio.timeout(self._limits.seconds):
                    return await _ask(task.to_bytes(pdf))
            except TimeoutError:
                _log.warning("a check was ended after %s seconds", self._limits.seconds)
                return _unfinished("it took too long")
            except ChildFailed as error:
                _log.warning("a check ended by itself: %s", error)
                return _unfinished("the file is damaged or needs too much memory")

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


class ChildFailed(Exception):
    """The message is the exit code, or what was wrong with the answer; never anything of the file."""


async def _ask(question: bytes) -> VerificationReport:
    """The child gets no environment: no secret of the service is there to be read."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", _CHILD), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env={}
    )
    try:
        answer, _ = await child.communicate(question)
    finally:
        await _end(child)
    if child.returncode != 0:
        raise ChildFailed(f"exit code {child.returncode}")
    try:
        return parse_report(json.loads(answer))
    except (ValueError, KeyError, TypeError) as error:
        raise ChildFailed(f"no answer ({type(error).__name__})") from error


async def _end(child: Process) -> None:
    if child.returncode is None:
        child.kill()
        await child.wait()


def _unfinished(why: str) -> VerificationReport:
    return VerificationReport(
        (missing(Check.DOCUMENT_ATTACHMENTS, f"The check could not be finished: {why}."),)
    )
