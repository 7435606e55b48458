"""What a page costs the server, beside a page without database.

    .venv/bin/python -m bench.pages [--rounds 7] [--requests 150] [--afternoons 3]

The real server with a region of 51 municipalities, 50 sign-offs and 300 log entries. In each round every page
is asked for over eight connections, and the CPU time of the server's process is read before and after. The
table shows the medians of the rounds and how many times that of the page without database they are; it is
written to `bench/results` with a JSON line for each page and round. What a coordination's afternoon costs
(`bench/coordination.py`) stands below it, with goals in milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import coordination
from bench.page_world import COORDINATOR, SIGNATORY, SLUG, build
from bench.results_file import write_results
from server.settings import read_settings
from tests.ports import free_port

HERE: Final = Path(__file__).parent
CONNECTIONS: Final = 8
START_TIMEOUT: Final = 60.0
GOAL: Final = 6.0
"""A signed-in page may cost so many times a page without database."""


@dataclass(frozen=True, slots=True)
class Page:
    """`email`: who opens it; nobody for a page without database."""

    name: str
    path: str
    email: str = ""


BASE: Final = Page("check a PDF (no database)", "/verify")
PAGES: Final = (
    BASE,
    Page("sign in (no database)", "/login"),
    Page("start", "/", COORDINATOR),
    Page("list of 200", "/declarations", COORDINATOR),
    Page("list of 200, searched", "/declarations?q=erkl%C3%A4rung&mine=1&page=3", COORDINATOR),
    Page("overview", f"/declarations/{SLUG}", COORDINATOR),
    Page("reading", f"/declarations/{SLUG}/revisions/1", COORDINATOR),
    Page("sign", f"/declarations/{SLUG}/sign", SIGNATORY),
    Page("log", f"/declarations/{SLUG}/log", COORDINATOR),
    Page("settings", f"/declarations/{SLUG}/settings", COORDINATOR),
    Page("reminders", f"/declarations/{SLUG}/reminders", COORDINATOR),
    Page("municipality", f"/declarations/{SLUG}/municipalities/08317096", COORDINATOR),
    Page("account", "/account", COORDINATOR),
)
Runs = dict[str, list[float]]
"""Milliseconds of CPU for a request, by page, one for each round."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=150, help="for each page in each round")
    parser.add_argument("--afternoons", type=int, default=3, help="rounds of the coordination's afternoon")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kraftakt-bench-") as folder:
        print("Building the world …", file=sys.stderr, flush=True)
        tokens = build(read_settings({"KRAFTAKT_DATA": folder}))
        with serving(folder) as (port, process):
            runs = asyncio.run(measure(port, process, tokens, options.rounds, options.requests))
    acts = coordination.measure(options.afternoons)
    write({**runs, **acts}, f"{table(runs)}\n\n{table_of_acts(acts)}")


@contextmanager
def serving(folder: str) -> Iterator[tuple[int, int]]:
    """Port and process id of the server."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KRAFTAKT_")}
    environment = kept | {"KRAFTAKT_DATA": folder, "PORT": str(port)}
    command = [sys.executable, "-m", "server", "serve"]
    with subprocess.Popen(command, cwd=HERE.parent, env=environment) as process:
        try:
            _wait_for(port, process)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


async def measure(port: int, process: int, tokens: dict[str, str], rounds: int, requests: int) -> Runs:
    """In turns, so that whatever else the machine does meets all pages. The first round is not counted."""
    runs: Runs = {page.name: [] for page in PAGES}
    for number in range(rounds + 1):
        for page in PAGES:
            before = cpu_seconds(process)
            await load(port, page, tokens.get(page.email, ""), requests)
            runs[page.name].append((cpu_seconds(process) - before) * 1000 / requests)
        print(f"\r{number} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {name: values[1:] for name, values in runs.items()}


def cpu_seconds(process: int) -> float:
    """User and system time of all threads of a process: its CPU clock (clock_getcpuclockid(3) on Linux)."""
    return time.clock_gettime((~process << 3) | 2)


async def load(port: int, page: Page, token: str, requests: int) -> None:
    shares = [requests // CONNECTIONS + (place < requests % CONNECTIONS) for place in range(CONNECTIONS)]
    await asyncio.gather(*(_ask(port, page, token, share) for share in shares))


async def _ask(port: int, page: Page, token: str, times: int) -> None:
    """Over one connection, one request after the other, as a browser asks."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"Cookie: kraftakt_session={token}\r\n" if token else "Cookie: kraftakt_visitor=bench\r\n"
    request = f"GET {page.path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{cookie}\r\n"
    for _ in range(times):
        writer.write(request.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if not head.startswith("http/1.1 200"):
            raise RuntimeError(f"{page.path}: {head.splitlines()[0]}")
        length = next(line for line in head.splitlines() if line.startswith("content-length:"))
        await reader.readexactly(int(length.split(":")[1]))
    writer.close()
    await writer.wait_closed()


def table(runs: Runs) -> str:
    base = statistics.median(runs[BASE.name])
    rows = ["| page | CPU ms | requests per CPU second | ratio |", "| --- | ---: | ---: | ---: |"]
    for name, values in runs.items():
        cost = statistics.median(values)
        rows.append(f"| {name} | {cost:.2f} | {1000 / cost:.0f} | {cost / base:.1f} |")
    return "\n".join(rows)


def table_of_acts(runs: Runs) -> str:
    rows = ["| afternoon | CPU ms | goal |", "| --- | ---: | ---: |"]
    rows += [
        f"| {name} | {statistics.median(values):.0f} | {coordination.GOALS[name]:.0f} |"
        for name, values in runs.items()
    ]
    return "\n".join(rows)


def write(runs: Runs, shown: str) -> None:
    wanted = f"ratio = page / page without database; wanted: at most {GOAL:.0f}"
    write_results("pages", "What a page costs the server", wanted, shown, runs)


if __name__ == "__main__":
    main()
