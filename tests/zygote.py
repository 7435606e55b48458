"""Processes of the service that are forked from one which has imported it already (`zygote_process.py`).

Each is `python -m server …` with an environment, an output and an exit code of its own; only the two
seconds of imports, the catalogues and the built files are had once.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

from tests.waiting import HANG, POLL

ROOT: Final = Path(__file__).parents[1]


class Child:
    """What tests need of a `Popen`."""

    def __init__(self, zygote: Zygote, pid: int) -> None:
        self._zygote, self.pid = zygote, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._zygote.ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        ends = None if timeout is None else monotonic() + timeout
        while (code := self.poll()) is None:
            if ends is not None and monotonic() > ends:
                raise subprocess.TimeoutExpired("server", timeout or 0)
            sleep(POLL / 5)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Zygote:
    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.zygote_process"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lock = Lock()

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        output: Path,
        errors: Path | None = None,
        program: str = "server.cli.main",
    ) -> Child:
        """As `python -m server ARGUMENTS`, or what another module's `main` does with the arguments. What it
        says is added to the file, or to the two files."""
        files = {"output": str(output), "errors": str(errors or output)}
        pid = self.ask(program=program, arguments=list(arguments), environment=dict(environment), **files)
        assert pid is not None
        return Child(self, pid)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Until it ends."""
        with TemporaryDirectory() as folder:
            output, errors = Path(folder) / "output", Path(folder) / "errors"
            code = self.start(arguments, environment, output, errors).wait(HANG)
            said = output.read_text("utf-8"), errors.read_text("utf-8")
        return subprocess.CompletedProcess(["server", *arguments], code, *said)

    def ask(self, **request: Any) -> int | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            print(json.dumps(request), file=self._process.stdin, flush=True)
            answer: int | None = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


@cache
def zygote() -> Zygote:
    """That of this run."""
    return Zygote()
