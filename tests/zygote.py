"""Processes of the service that are forked from one which has imported it already.

Each is `python -m server …` with an environment, an output and an exit code of its own; only the two
seconds of imports, the catalogues and the built files are had once.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

from tests.once import read_once
from tests.waiting import HANG, POLL

ROOT: Final = Path(__file__).parents[1]


class Child:
    """What tests need of a `Popen`."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid = nursery, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._nursery.ask(poll=self.pid)
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


class Nursery:
    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.nursery"]
        self._mother = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._lock = Lock()

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        output: Path,
        errors: Path | None = None,
    ) -> Child:
        """As `python -m server ARGUMENTS`. What it says is added to the file, or to the two files."""
        files = {"output": str(output), "errors": str(errors or output)}
        pid = self.ask(arguments=list(arguments), environment=dict(environment), **files)
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
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        with self._lock:
            print(json.dumps(request), file=self._mother.stdin, flush=True)
            answer: int | None = json.loads(self._mother.stdout.readline())
        return answer

    def close(self) -> None:
        self._mother.communicate()


def mind() -> None:
    """Answers a request a line, until there are no more. A child leaves this function with its request."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        if "poll" in request:
            pid, status = os.waitpid(request["poll"], os.WNOHANG)
            print(json.dumps(os.waitstatus_to_exitcode(status) if pid else None), file=answers, flush=True)
        elif pid := os.fork():
            print(pid, file=answers, flush=True)
        else:
            leave(answers.fileno(), request)


def leave(answers: int, request: Mapping[str, Any]) -> None:
    """Into a life of its own."""
    from server.cli.main import main  # noqa: PLC0415

    files = (os.devnull, "r"), (request["output"], "a"), (request["errors"], "a")
    for number, (path, mode) in enumerate(files):
        with open(path, mode) as file:  # noqa: PTH123
            os.dup2(file.fileno(), number)
    os.close(answers)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["server", *request["arguments"]]
    try:
        code = main(request["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # to take the interpreter down would touch all of the memory that is shared


def learn() -> None:
    """All that a service reads before it answers its first page."""
    from server.app import ROOT as PROJECT  # noqa: PLC0415
    from server.cli import demo, serve  # noqa: F401, PLC0415
    from server.web.http import context  # noqa: PLC0415

    folders = context.Folders.below(PROJECT)
    pages = context.Pages(folders.templates, folders.locale, context.StaticFiles(folders.dist))
    german = pages._environments["de"]
    for name in german.list_templates(filter_func=lambda name: "mail" not in Path(name).parts):
        german.get_template(name)


@cache
def nursery() -> Nursery:
    """That of this run."""
    return Nursery()


if __name__ == "__main__":
    with read_once():
        learn()
        gc.freeze()
        mind()
