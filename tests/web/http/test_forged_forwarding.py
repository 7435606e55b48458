"""What a request says about where it comes from counts only when the named proxy says it; and nothing that it
says about our own address does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from server.cli.migrate import upgrade
from tests.sync.fast_paths import ALL
from tests.sync.service_process import Process

PROBES = 150
"""A network may look at 120 preview links, and at one more every five seconds."""
Headers = Callable[[int], dict[str, str]]


def passed(process: Process, headers: Headers) -> int:
    """How many probes were let in."""
    with httpx.Client(base_url=f"http://127.0.0.1:{process.port}") as client:
        statuses = [client.get("/vorschau/x", headers=headers(n)).status_code for n in range(PROBES)]
    return statuses.count(404)


def stranger(n: int) -> str:
    return f"198.51.100.{n}"


@contextmanager
def served(folder: Path, **more: str) -> Iterator[Process]:
    url = f"sqlite+aiosqlite:///{folder / 'kraftakt.db'}"
    upgrade(url)
    process = Process(url, folder, ALL, more)
    process.wait()
    try:
        yield process
    finally:
        process.kill()


def test_without_a_proxy_nothing_that_is_forwarded_counts(tmp_path: Path) -> None:
    forged = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "for=198.51.100.1;host=evil.example;proto=https",
    }
    with served(tmp_path) as process:
        assert passed(process, lambda n: {"X-Forwarded-For": stranger(n)}) < PROBES
        with httpx.Client(base_url=f"http://127.0.0.1:{process.port}") as client:
            for path in ("/login", "/declarations", "/api/v1/openapi.json", "/health"):
                answer = client.get(path, headers=forged)
                assert "evil.example" not in f"{answer.headers} {answer.text}", path


def test_behind_a_proxy_what_it_adds_counts_and_nothing_before_it(tmp_path: Path) -> None:
    with served(tmp_path, KRAFTAKT_FORWARDED_IPS="127.0.0.1") as process:
        assert passed(process, lambda n: {"X-Forwarded-For": f"{stranger(n)}, 203.0.113.7"}) < PROBES
        assert passed(process, lambda n: {"X-Forwarded-For": f"203.0.113.7, {stranger(n)}"}) == PROBES
