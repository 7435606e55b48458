"""A real server with one text, and Chromium to look at it."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Playwright

PROJECT: Final = Path(__file__).parent.parent
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")
TIMEOUT: Final = 60
"""Seconds for whatever is to begin."""


@dataclass(frozen=True, slots=True)
class Service:
    port: int
    session: str

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def editor(self) -> str:
        return f"{self.base}/declarations/bench-0/edit"


@contextmanager
def serving(blocks: int, *, full: bool) -> Iterator[Service]:
    """`full`: with suggestions and comments."""
    service = Service(_free_port(), secrets.token_urlsafe(32))
    with tempfile.TemporaryDirectory(prefix="kraftakt-bench-") as folder:
        command = [sys.executable, "-m", "bench.ours", str(service.port), folder, "1", str(blocks)]
        environment = os.environ | {"KRAFTAKT_BENCH_SESSION": service.session}
        process = subprocess.Popen(command + ["full"] * full, cwd=PROJECT, env=environment)
        try:
            wait_for(service.port)
            yield service
        finally:
            process.terminate()
            process.wait()


def launch(playwright: Playwright) -> Browser:
    arguments = ["--no-sandbox", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)


def signed_in(browser: Browser, service: Service) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "kraftakt_session", "value": service.session, "url": service.base}])
    return context


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
