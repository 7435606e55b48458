"""A server in a thread of the test's own process."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from server.web.live.web_server import WebServer
from tests.sync.fast_paths import FastPaths
from tests.sync.live_client import Client
from tests.sync.live_server import Lab, build_app, listening_socket, uvicorn_server
from tests.waiting import HANG, POLL


class Server:
    """uvicorn in a thread; `lab` reaches into it, `call` runs something on its event loop."""

    def __init__(self, database: Path, fast_paths: FastPaths, **options: Any) -> None:
        self.lab = Lab(database, fast_paths, **options)
        self._listener = listening_socket()
        self.port = self._listener.getsockname()[1]
        self._server = uvicorn_server(build_app(self.lab), fast_paths)
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self.lab.ready.wait(HANG)

    def stop(self) -> None:
        if isinstance(self._server, WebServer):
            self._server.stop()
        else:
            self._server.should_exit = True
        self._thread.join(HANG)
        self._listener.close()
        assert not self._thread.is_alive()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        async def run() -> Any:
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(run(), self.lab.loop).result(HANG)

    def until_no_room_is_open(self) -> None:
        """A room is closed a little after the last one left."""
        while self.call(lambda: bool(self.lab.rooms._loading)):
            time.sleep(POLL)

    def look_after_all(self, times: int = 1) -> None:
        assert isinstance(self._server, WebServer)
        for _ in range(times):
            self.call(self._server.look_after_all)

    def client(self, name: str = "anna", *, slug: str = "appell", **options: Any) -> Client:
        return Client(f"ws://127.0.0.1:{self.port}/ws/declarations/{slug}", name, **options)


Start = Callable[..., Server]
