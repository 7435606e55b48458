"""A thread of its own for blocking writes, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

R = TypeVar("R")


class WritingThread:
    """Costs half of what `run_in_executor` costs, which passes each job through a future of its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def run(self, job: Callable[[], R]) -> asyncio.Future[R]:
        """What the job returns or raises. From the event loop only; the thread starts with the first job."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()

        def do() -> None:
            try:
                result = job()
            except BaseException as error:  # whatever it is, somebody waits for it
                loop.call_soon_threadsafe(_fail, future, error)
            else:
                loop.call_soon_threadsafe(_succeed, future, result)

        self._start()
        self._jobs.put(do)
        return future

    async def stop(self) -> None:
        """Returns when all jobs are done. Another job would start the thread again."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(thread.join)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _succeed(future: asyncio.Future[R], result: R) -> None:
    if not future.done():  # the waiter may have been cancelled
        future.set_result(result)


def _fail(future: asyncio.Future[R], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
