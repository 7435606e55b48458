"""Writes to a transport's socket without the transport, as long as nothing waits in it.

An event loop makes an object, a request and a callback of every write; with fifty readers of one message that
costs more than what the kernel does. Whatever the kernel does not take at once goes the ordinary way, and so
does everything after it until the transport is empty again: the order is kept, and so are its limits.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable


class QuickWriter:
    # Every object that is touched on the way to a reader is a cache miss in a room where somebody presses
    # a key now and then: no dictionaries, and no calls that are not needed.
    __slots__ = ("_file", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._file = _plain_file(transport)

    def write(self, data: bytes) -> None:
        """Takes it all; never raises. The peer may be gone."""
        write_to_all((self,), data)

    def abort(self) -> None:
        self._transport.abort()


def write_to_all(writers: Iterable[QuickWriter], data: bytes) -> None:
    for writer in writers:
        transport = writer._transport
        if transport.is_closing():
            continue
        rest = data
        if writer._file is not None and not transport.get_write_buffer_size():
            try:
                taken = os.write(writer._file, data)
            except OSError:  # full, or broken: the transport knows what to do
                taken = 0
            if taken == len(data):
                continue
            rest = data[taken:]
        transport.write(rest)


def _plain_file(transport: asyncio.Transport) -> int | None:
    """None with TLS. The number is the connection's until the transport is closing, then somebody else's."""
    if transport.get_extra_info("sslcontext") is not None:
        return None
    file: int = transport.get_extra_info("socket").fileno()
    return file
