"""`serve`: HTTP and WebSockets in one process."""

from __future__ import annotations

import argparse
import gc
import sys
from contextlib import suppress
from dataclasses import replace
from typing import Final

from server.app import build_services, create_app
from server.cli.check import ensure_ready
from server.cli.one_server import only_server
from server.settings import FastPath, Settings, read_settings
from server.web.live.serving import create_server

MAX_FRAME: Final = 4 * 1024 * 1024
"""Bytes. Above the room's own limit of 1 MiB, so that the room can say why it closes."""
GRACE: Final = 2
"""Seconds for open requests when the process is asked to stop."""
NOT_STARTED: Final = 3
"""The exit code where the port is taken, or what has to be opened first cannot be; it was said why."""
TURN: Final = 0.0005
"""Seconds that a thread may compute before another gets its turn. While one of them reads a long text, the
event loop would wait the default of 5 ms each time it wakes up, several times for somebody who joins."""


def serve(options: argparse.Namespace) -> int:
    settings = read_settings()
    with only_server(settings.database):
        run_server(replace(settings, host=options.host) if options.host else settings)
    return 0


def run_server(settings: Settings) -> None:
    """Blocks until the process is asked to stop. Raises BadSettings, before it listens, for a broken key
    or font."""
    services = build_services(settings)
    ensure_ready(services.sealer)
    app = create_app(settings, services)
    gc.collect()
    gc.freeze()  # what is there now stays: no collection, while somebody types, has to look at it again
    sys.setswitchinterval(TURN)
    server = create_server(
        app,
        direct=FastPath.SOCKETS in settings.fast_paths,
        answers=app.state.quick,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,  # frames are small; compression costs more than it saves
        log_level="warning",
        access_log=False,  # addresses of people and login links do not belong into a log
        proxy_headers=bool(settings.forwarded_ips),
        forwarded_allow_ips=settings.forwarded_ips or None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)
