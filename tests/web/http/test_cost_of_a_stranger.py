"""No request of a stranger costs the service much memory or time: measured at a process of its own."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.actions.text.workshops.running import open_workshop
from tests.sync.fast_paths import ALL
from tests.sync.service_process import Process
from tests.waiting import HANG
from tests.web.http.test_csrf import token_on
from tests.world import SLUG, World

MEGABYTE = 1024 * 1024
MORE_MEMORY = 50 * MEGABYTE
ON_LOOP = 0.1
"""Seconds of the event loop for one request."""
MORE_SECONDS = 3.0
"""Of processor time for 45 MB, most of it for taking them from the network."""
FORM, JSON, UPLOAD = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=----mark",
)


@pytest.fixture(scope="module", params=[ALL, frozenset()], ids=["fast", "plain"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("served")
    World(folder).close()
    process = Process(f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}", folder, request.param)
    process.wait()
    warm_up(process)
    yield process
    process.stop()


def warm_up(served: Process) -> None:
    """The first of each kind fills caches that stay."""
    for _ in range(3):
        send(served, UPLOAD, file_of(b"%PDF", b"x"), 1)


class Cost:
    """The process's memory at its highest and its processor time, from here on."""

    def __init__(self, pid: int) -> None:
        self._folder = Path("/proc") / str(pid)
        (self._folder / "clear_refs").write_text("5")  # forgets the highest so far
        self._memory, self._seconds = self._peak(), self._time()

    @property
    def memory(self) -> int:
        return self._peak() - self._memory

    @property
    def seconds(self) -> float:
        return self._time() - self._seconds

    def _peak(self) -> int:
        lines = (self._folder / "status").read_text().splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    def _time(self) -> float:
        fields = (self._folder / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def file_of(begin: bytes, filler: bytes) -> tuple[str, bytes, bytes]:
    head = '------mark\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n'
    return head, begin, filler


def send(served: Process, kind: str, body: bytes | tuple[str, bytes, bytes], megabytes: float) -> int:
    """Of a browser that has opened the page; 0: the server hung up before its answer could be read."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=HANG)
    with closing(connection):
        connection.request("GET", "/verify")
        page = connection.getresponse()
        token = token_on(page.read().decode())
        cookie = (page.getheader("set-cookie") or "").partition(";")[0]
        headers = {"Content-Type": kind, "Cookie": cookie}
        if kind == JSON:
            headers["X-CSRF-Token"] = token
        whole = body if isinstance(body, bytes) else upload(token, *body, round(megabytes * MEGABYTE))
        with suppress(BrokenPipeError, ConnectionResetError, http.client.HTTPException):
            connection.request("POST", "/verify", whole, headers)
            return connection.getresponse().status
    return 0


def upload(token: str, head: str, begin: bytes, filler: bytes, size: int) -> bytes:
    field = f'------mark\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
    return (field + head).encode() + begin + (filler * (size // len(filler))) + b"\r\n------mark--\r\n"


SIZE = 45 * MEGABYTE
BODIES = {
    "nested JSON": (JSON, b'{"a":[' + b"[]," * (SIZE // 3) + b"1]}"),
    "JSON": (JSON, b'{"a":"' + b"x" * SIZE + b'"}'),
    "separators": (FORM, b"&" * SIZE),
    "fields": (FORM, b"a=b&" * (SIZE // 4)),
    "one field": (FORM, b"a=" + b"%" * SIZE),
    "near boundaries": (UPLOAD, file_of(b"", b"\r\n------mar")),
    "half boundaries": (UPLOAD, file_of(b"", b"\r\n----")),
    "line feeds": (UPLOAD, file_of(b"", b"\r\n")),
    "a file": (UPLOAD, file_of(b"%PDF-1.7", b"x" * 1024)),
    "many parts": (UPLOAD, b'------mark\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 600_000),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_large_body_costs_little(served: Process, name: str) -> None:
    kind, body = BODIES[name]
    cost = Cost(served.pid)
    send(served, kind, body, 45)
    assert cost.memory < MORE_MEMORY
    assert cost.seconds < MORE_SECONDS


def test_twelve_files_at_once_cost_little(served: Process) -> None:
    cost = Cost(served.pid)
    with ThreadPoolExecutor(12) as pool:
        sent = [pool.submit(send, served, UPLOAD, file_of(b"%PDF-1.7", b"x" * 1024), 49) for _ in range(12)]
    assert {one.result() for one in sent} <= {0, 200, 429, 503}
    assert cost.memory < MORE_MEMORY


@pytest.mark.parametrize("begin", [b"GET /", b"GET / HTTP/1.1\r\na", b"GET / HTTP/1.1\r\na: "])
def test_a_head_without_end_costs_little(served: Process, begin: bytes) -> None:
    cost = Cost(served.pid)
    with socket.create_connection(("127.0.0.1", served.port)) as connection, suppress(ConnectionError):
        connection.sendall(begin)
        ends = time.monotonic() + 60
        for _ in range(100):
            connection.sendall(b"x" * MEGABYTE)
            if time.monotonic() > ends:
                break
    assert cost.memory < MORE_MEMORY
    assert cost.seconds < MORE_SECONDS


def test_the_page_of_a_workshop_costs_little_however_long_the_text(tmp_path: Path) -> None:
    """Forty pages with two forms under each paragraph, for whoever has the link."""
    world = World(tmp_path)
    world.time = datetime.now(UTC)  # the process has the real one
    for _ in range(6):
        world.write(("Wir bauen Netze aus und handeln gemeinsam, so oft es geht. " * 6 + "\n") * 50)
    clara = world.person("clara")
    opened = open_workshop(world.services, actor=clara, slug=SLUG, title="Abend", section="", hours=4)
    path = f"/workshop/{world.run(opened)}"
    world.close()
    process = Process(f"sqlite+aiosqlite:///{tmp_path / 'kraftakt.db'}", tmp_path, ALL)
    process.wait()
    cost, took = Cost(process.pid), []
    with closing(http.client.HTTPConnection("127.0.0.1", process.port, timeout=HANG)) as connection:
        for _ in range(8):
            began = on_loop(process.pid)
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, len(answer.read()) > 500_000) == (200, True)
            took.append(on_loop(process.pid) - began)
    assert cost.memory < MORE_MEMORY
    assert sorted(took)[-2] < ON_LOOP, took  # the first finds its templates
    process.stop()


def on_loop(pid: int) -> float:
    """Seconds of processor time of the thread with the event loop."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9
