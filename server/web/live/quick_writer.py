"""Writes to a transport's socket without the transport, as long as nothing waits in it.

An event loop makes an object, a request and a callback of every write; with fifty readers of one message that
costs more than what the kernel does. Whatever the kernel does not take at once goes the ordinary way, and so
does everything after it until the transport is empty again: the order is kept.

Whether something waits is not asked before each write, which would touch every reader's transport: it is told
by the calls that transports make to their protocol (`pause_writing`, `resume_writing`, `connection_lost`).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from typing import Final

_NO_FILE: Final = -1
"""Writing to it fails, and what is to be written goes the ordinary way."""


class QuickWriter:
    """`hold`, `release` and `end` are the protocol's to call, from `begin` on."""

    # Every object that is touched on the way to a reader is a cache miss in a room where somebody presses
    # a key now and then: no dictionaries, and no calls that are not needed.
    __slots__ = ("_limit", "_own_file", "_transport", "file")

    def __init__(self, transport: asyncio.Transport, limit: int) -> None:
        """`limit`: bytes that may wait for a slow reader, who is cut off beyond them."""
        self._transport = transport
        self._limit = limit
        self._own_file = _plain_file(transport)
        self.file = _NO_FILE
        """The socket's number while it may be written to directly."""

    def begin(self) -> None:
        """From now on the transport says of every byte that waits in it."""
        if self._own_file == _NO_FILE or self._transport.is_closing():
            return
        self._transport.set_write_buffer_limits(high=0)
        if not self._transport.get_write_buffer_size():  # else `release` will come
            self.release()

    def hold(self) -> None:
        """Something waits in the transport."""
        self.file = _NO_FILE

    def release(self) -> None:
        """Nothing waits any more."""
        self.file = self._own_file

    def end(self) -> None:
        """The connection is at its end: the file's number will be somebody else's."""
        self._own_file = self.file = _NO_FILE

    def write(self, data: bytes) -> None:
        """Takes it all; never raises. The peer may be gone."""
        write_to_all((self,), data)

    def write_slowly(self, data: bytes) -> None:
        """By way of the transport."""
        if not self._transport.is_closing():
            self._transport.write(data)
            self.cut_if_slow()

    def cut_if_slow(self) -> None:
        """To be called after whatever else has written to the transport as well."""
        if self._transport.get_write_buffer_size() > self._limit:
            self.abort()

    def abort(self) -> None:
        self.end()
        self._transport.abort()


def write_to_all(writers: Iterable[QuickWriter], data: bytes) -> None:
    size, write = len(data), os.write
    for writer in writers:
        try:
            taken = write(writer.file, data)
        except OSError:  # held, full, or broken: the transport knows what to do
            taken = 0
        if taken != size:
            writer.write_slowly(data[taken:])


def _plain_file(transport: asyncio.Transport) -> int:
    """The socket's number; none with TLS."""
    if transport.get_extra_info("sslcontext") is not None:
        return _NO_FILE
    file: int = transport.get_extra_info("socket").fileno()
    return file
