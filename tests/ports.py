"""Ports to listen on."""

from __future__ import annotations

import random
import socket

_BELOW_EPHEMERAL = range(20_000, 32_000)
"""Linux takes the ports of outgoing connections from 32768 on (`ip_local_port_range`): here none comes in
between the question and the start of the process that is to listen."""


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens; drawn, since other tests ask at the same time."""
    for port in random.SystemRandom().sample(_BELOW_EPHEMERAL, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no free port found")
