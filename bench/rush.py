"""A rush on the public page, beside nginx with the same bytes as a file, while ten people write elsewhere.

    .venv/bin/python -m bench.rush [--rounds 5] [--seconds 4] [--connections 32]

The demo's published declaration on the real server, and nginx with one worker and with as many as there are
processors, take turns under wrk over kept connections; ten people type into another declaration of the same
server all the while, five updates a second each. The page is asked for as it is and in gzip, as browsers do.
Wanted: at least half of nginx's requests a second, and the editors' p99 under 100 ms in every stretch.
Needs nginx, wrk and `client/node.sh npm --prefix bench ci`.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.in_chromium import PROJECT, wait_for
from bench.ours import sign_in, start_of
from bench.pages import cpu_seconds
from bench.results_file import write_results
from server.actions.declarations.start import start_declaration
from server.app import open_services
from server.cli.demo import SLUG, demo_start
from server.cli.migrate import upgrade
from server.cli.stages.play import Stage, play
from server.settings import Settings, read_settings
from tests.ports import free_port

PEOPLE, RATE = 10, 5
SHARE, P99_MS = 0.5, 100.0
PATH: Final = f"/e/{SLUG}"
ROOM: Final = "bench-0"
KINDS: Final = {"as it is": "identity", "in gzip": "gzip"}
_CONF: Final = """
user {user}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes {workers};
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; gzip_vary on;
  open_file_cache max=16;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/root; default_type text/html; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One server under load, in one round. `cpu`: microseconds of its processes for a request (ours: what the
    editors cost included); `p99`: of the editors, milliseconds."""

    what: str
    requests: float
    cpu: float
    p99: float


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    processes: tuple[int, ...]

    @property
    def cpu_seconds(self) -> float:
        return sum(map(cpu_seconds, self.processes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="of each stretch")
    parser.add_argument("--connections", type=int, default=32)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kraftakt-rush-") as folder, ExitStack() as stack:
        session = secrets.token_urlsafe(32)
        print("Building the world …", file=sys.stderr, flush=True)
        settings = read_settings({"KRAFTAKT_DATA": folder})
        upgrade(settings.database)
        asyncio.run(_build(settings, session))
        ours = stack.enter_context(_serving(folder, session))
        sizes = {kind: _save(ours.port, coding, Path(folder)) for kind, coding in KINDS.items()}
        servers = {"ours": ours}
        servers["nginx, 1 worker"] = stack.enter_context(_nginx(folder, "1"))
        servers["nginx, auto"] = stack.enter_context(_nginx(folder, "auto"))
        editors = stack.enter_context(_editors(ours.port, session))
        stretches = list(_measure(servers, editors, options))
    _write(stretches, sizes, options.connections)


async def _build(settings: Settings, session: str) -> None:
    async with open_services(settings) as services:
        await play(services, demo_start(services.now()), Stage.PUBLISHED)
        await start_declaration(services, start=start_of(ROOM, 0))
        await sign_in(services, session)


@contextmanager
def _serving(folder: str, session: str) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-m", "bench.ours", str(port), folder, "1"]
    environment = os.environ | {"KRAFTAKT_BENCH_SESSION": session}
    with _running(command, environment) as process:
        wait_for(port)
        yield Served(port, (process,))


@contextmanager
def _nginx(folder: str, workers: str) -> Iterator[Served]:
    port, place = free_port(), Path(folder) / f"nginx-{workers}"
    place.mkdir()
    (place / "root").symlink_to(Path(folder) / "root")
    conf = place / "nginx.conf"
    conf.write_text(
        _CONF.format(user=getpass.getuser(), folder=place, workers=workers, port=port), encoding="utf-8"
    )
    with _running(["nginx", "-c", str(conf), "-e", str(place / "error.log")]) as process:
        wait_for(port)
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        yield Served(port, tuple(map(int, children.split())))


@contextmanager
def _running(command: list[str], environment: dict[str, str] | None = None) -> Iterator[int]:
    """Its process id."""
    process = subprocess.Popen(command, cwd=PROJECT, env=environment)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _save(port: int, coding: str, folder: Path) -> int:
    """The very bytes that ours sends, for nginx. Their number."""
    command = ["curl", "-sf", "-H", f"Accept-Encoding: {coding}", f"http://127.0.0.1:{port}{PATH}"]
    body = subprocess.run(command, check=True, capture_output=True).stdout
    place = folder / "root" / PATH[1:]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_suffix(".gz" if coding == "gzip" else "").write_bytes(body)
    return len(body)


@contextmanager
def _editors(port: int, session: str) -> Iterator[subprocess.Popen[str]]:
    job = {"port": port, "session": session, "room": ROOM, "people": PEOPLE, "rate": RATE}
    command = [PROJECT / "client/node.sh", "node", PROJECT / "bench/editors.mjs", json.dumps(job)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        if process.stdout.readline() != "typing\n":
            raise RuntimeError("the editors did not come in")
        yield process
        process.stdin.close()
        if not json.loads(process.stdout.readline())["whole"]:
            raise RuntimeError("something the editors wrote is lost")


def _measure(
    servers: dict[str, Served], editors: subprocess.Popen[str], options: argparse.Namespace
) -> Iterator[Stretch]:
    """In turns. The first round is not counted."""
    for number in range(options.rounds + 1):
        for kind, coding in KINDS.items():
            for name, served in servers.items():
                _latency(editors)
                before = served.cpu_seconds
                requests = _wrk(served.port, coding, options)
                cpu = (served.cpu_seconds - before) * 1e6 / (requests * options.seconds)
                if number:
                    yield Stretch(f"{name}, {kind}", requests, cpu, _latency(editors))
        print(f"\r{number} of {options.rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _latency(editors: subprocess.Popen[str]) -> float:
    """Since it was asked for last."""
    assert editors.stdin is not None
    assert editors.stdout is not None
    editors.stdin.write("\n")
    editors.stdin.flush()
    return float(json.loads(editors.stdout.readline())["p99_ms"] or 0)


def _wrk(port: int, coding: str, options: argparse.Namespace) -> float:
    """Requests a second. Raises RuntimeError when one of them was not answered with the page."""
    command = ["wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s"]
    command += ["-H", f"Accept-Encoding: {coding}", f"http://127.0.0.1:{port}{PATH}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found is not None
    return float(found[1])


def _write(stretches: list[Stretch], sizes: dict[str, int], connections: int) -> None:
    by_name: dict[str, list[Stretch]] = {}
    for each in stretches:
        by_name.setdefault(each.what, []).append(each)
    rows = [
        "| | bytes | requests a second | of nginx | CPU µs | of nginx | editors' p99, median | worst |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for what, there in by_name.items():
        kind = what.rsplit(", ", 1)[1]
        # Each round's ratio by itself: whatever else the machine does meets both.
        pairs = list(zip(by_name[f"ours, {kind}"], there, strict=True))
        share = statistics.median(our.requests / its.requests for our, its in pairs)
        price = statistics.median(our.cpu / its.cpu for our, its in pairs)
        is_ours = what.startswith("ours")
        rows.append(
            f"| {what} | {sizes[kind]:,} | {statistics.median(each.requests for each in there):,.0f} "
            f"| {'' if is_ours else f'{share:.2f}'} | {statistics.median(each.cpu for each in there):.1f} "
            f"| {'' if is_ours else f'{price:.2f}'} | {statistics.median(each.p99 for each in there):.1f} ms "
            f"| {max(each.p99 for each in there):.1f} ms |"
        )
    wanted = (
        f"{connections} kept connections; “of nginx”: ours divided by it; wanted: at least {SHARE} of its "
        f"requests, and the p99 of {PEOPLE} editors, {RATE} updates a second each, under {P99_MS:.0f} ms"
    )
    runs = {what: [each.requests for each in there] for what, there in by_name.items()}
    write_results("rush", "A rush on the public page", wanted, "\n".join(rows), runs, "per_second")


if __name__ == "__main__":
    main()
