"""What somebody costs the server who only looks on: at the board, and at the page for the hall.

    .venv/bin/python -m bench.viewers [--rounds 7] [--requests 400]

The same server and world as `bench.pages`. Measured in turns: the board's live part while nothing happens and
when there is news (made once, sent to everybody), and the page for the hall when its viewers have the newest
state already and when they have not. A viewer's minute is what their browser asks for in one: the board every
ten seconds, the hall every four, all of it with news in one look of ten.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.page_world import COORDINATOR, SLUG, build
from bench.pages import cpu_seconds, serving
from bench.results_file import write_results
from server.actions.declarations.wall import open_wall
from server.app import open_services
from server.settings import Settings, read_settings
from server.storage.people import persons

CONNECTIONS: Final = 8
BOARD_LOOKS, WALL_LOOKS = 6, 15
"""A minute's."""
NEWS_SHARE: Final = 0.1
GOAL: Final = 1.0
"""Milliseconds of CPU for one live update of the board."""


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    path: str
    status: str
    headers: str = ""


Runs = dict[str, list[float]]
"""Milliseconds of CPU for a look, by name, one for each round."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=400, help="for each look in each round")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kraftakt-bench-") as folder:
        print("Building the world …", file=sys.stderr, flush=True)
        settings = read_settings({"KRAFTAKT_DATA": folder})
        token = build(settings)[COORDINATOR]
        wall = asyncio.run(_open_wall(settings))
        with serving(folder) as (port, process):
            runs = asyncio.run(measure(port, process, token, wall, options.rounds, options.requests))
    write(runs)


async def _open_wall(settings: Settings) -> str:
    async with open_services(settings) as services:
        async with services.database.read() as db:
            clara = await persons.find_by_email(db, COORDINATOR)
        assert clara is not None
        return await open_wall(services, actor=clara, slug=SLUG)


async def measure(port: int, process: int, token: str, wall: str, rounds: int, requests: int) -> Runs:
    """The first round is not counted."""
    looks = await _looks(port, token, wall)
    runs: Runs = {look.name: [] for look in looks}
    for number in range(rounds + 1):
        for look in looks:
            before = cpu_seconds(process)
            share = requests // CONNECTIONS
            await asyncio.gather(*(_ask(port, look, share) for _ in range(CONNECTIONS)))
            runs[look.name].append((cpu_seconds(process) - before) * 1000 / (share * CONNECTIONS))
        print(f"\r{number} of {rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return {name: values[1:] for name, values in runs.items()}


async def _looks(port: int, token: str, wall: str) -> list[Look]:
    cookie = f"Cookie: kraftakt_session={token}\r\nHX-Request: true\r\n"
    board, state = f"/declarations/{SLUG}/board", f"/wall/{wall}/state"
    page, _ = await _once(port, Look("", board, "200", cookie))
    seen = page.split("seen=")[1].split('"')[0]
    _, head = await _once(port, Look("", state, "200"))
    tag = next(line.split(": ", 1)[1] for line in head.splitlines() if line.lower().startswith("etag:"))
    return [
        Look("board, nothing new", f"{board}/live?seen={seen}", "204", cookie),
        Look("board, news", f"{board}/live?seen=0", "200", cookie),
        Look("hall, nothing new", state, "304", f"If-None-Match: {tag}\r\n"),
        Look("hall, news", state, "200"),
    ]


async def _once(port: int, look: Look) -> tuple[str, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body, head = await _exchange(reader, writer, look)
    writer.close()
    return body, head


async def _ask(port: int, look: Look, times: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(times):
        await _exchange(reader, writer, look)
    writer.close()
    await writer.wait_closed()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, look: Look
) -> tuple[str, str]:
    """Body and head. Raises RuntimeError for another status than the expected."""
    writer.write(f"GET {look.path} HTTP/1.1\r\nHost: localhost\r\n{look.headers}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    if not head.startswith(f"HTTP/1.1 {look.status}"):
        raise RuntimeError(f"{look.path}: {head.splitlines()[0]}")
    lengths = [line for line in head.lower().splitlines() if line.startswith("content-length:")]
    has_body = look.status == "200" and lengths
    body = await reader.readexactly(int(lengths[0].split(":")[1])) if has_body else b""
    return body.decode(), head


def minutes(costs: Mapping[str, float]) -> dict[str, float]:
    """Milliseconds of CPU for a viewer's minute."""

    def of(place: str, looks: int) -> float:
        quiet, news = costs[f"{place}, nothing new"], costs[f"{place}, news"]
        return looks * (quiet * (1 - NEWS_SHARE) + news * NEWS_SHARE)

    return {"board": of("board", BOARD_LOOKS), "hall": of("hall", WALL_LOOKS)}


def write(runs: Runs) -> None:
    costs = {name: statistics.median(values) for name, values in runs.items()}
    rows = [
        "| look | CPU ms |",
        "| --- | ---: |",
        *(f"| {name} | {cost:.2f} |" for name, cost in costs.items()),
    ]
    rows += ["", "| a viewer's minute | CPU ms | 500 viewers, share of a core |", "| --- | ---: | ---: |"]
    for name, cost in minutes(costs).items():
        rows.append(f"| {name} | {cost:.1f} | {500 * cost / 60_000:.1%} |")
    shown = "\n".join(rows)
    wanted = f"wanted: a live update of the board below {GOAL:.0f} ms"
    write_results("viewers", "What a viewer costs the server", wanted, shown, runs)


if __name__ == "__main__":
    main()
