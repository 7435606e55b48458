"""The process that `zygote.py` starts: it imports the service once and forks for each request.

A request is a line of JSON on its input: `{"program", "arguments", "environment", "output", "errors"}` starts
a child and is answered by its process id, `{"poll": pid}` by its exit code or null.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from server.app import ROOT as PROJECT
from server.web.http import context
from tests.once import read_once

COMMANDS: Final = ("server.cli.main", "server.cli.demo", "server.cli.serve")
"""Modules that `main` imports once they are asked for."""


def answer_requests() -> None:
    """Answers a request a line, until there are no more. A child never comes back from its own."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        if "poll" in request:
            pid, status = os.waitpid(request["poll"], os.WNOHANG)
            print(json.dumps(os.waitstatus_to_exitcode(status) if pid else None), file=answers, flush=True)
        elif pid := os.fork():
            print(pid, file=answers, flush=True)
        else:
            run_child(answers.fileno(), request)


def run_child(answers: int, request: Mapping[str, Any]) -> None:
    """Does what the program's `main` does, and ends the process."""
    files = (os.devnull, "r"), (request["output"], "a"), (request["errors"], "a")
    for number, (path, mode) in enumerate(files):
        with Path(path).open(mode) as file:
            os.dup2(file.fileno(), number)
    os.close(answers)
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["server", *request["arguments"]]
    try:
        code = import_module(request["program"]).main(request["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # to take the interpreter down would touch all of the memory that is shared


def warm_up() -> None:
    """All that a service reads before it answers its first page."""
    for name in COMMANDS:
        import_module(name)
    folders = context.Folders.below(PROJECT)
    pages = context.Pages(folders.templates, folders.locale, context.StaticFiles(folders.dist))
    german = pages._environments["de"]
    for name in german.list_templates(filter_func=lambda name: "mail" not in Path(name).parts):
        german.get_template(name)


if __name__ == "__main__":
    with read_once():
        warm_up()
        gc.freeze()
        answer_requests()
