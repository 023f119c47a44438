"""Reading files that need not be what their names promise: pipes that nobody writes to, devices without end."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import FileIO

DEVICE = "it is a device, not a file"
NO_WRITER = "it is a pipe that nothing writes to"
CLOSED = "standard input is closed"
_PATIENCE = 1.0
"""Seconds for which a pipe that nothing writes to may still find its writer."""
_AT_ONCE = 1 << 20


def read_file(path: str | os.PathLike[str], most: int = -1, *, devices: bool = True) -> bytes:
    """The bytes of a file, at most so many if ``most`` is given.

    Waits for a pipe that something writes to, and only for such a one.  Raises OSError, and ValueError for what can be
    no path.  Unless ``devices`` are let through, one is an error: it may have no end.
    """
    with FileIO(os.fspath(path), opener=_open) as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISREG(mode):
            return file.readall() if most < 0 else _read(file, most)
        if not devices and (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)):
            raise OSError(errno.ENODEV, DEVICE)
        begun = _await_writer(file.fileno()) if stat.S_ISFIFO(mode) and sys.platform != "win32" else b""
        if sys.platform != "win32":
            os.set_blocking(file.fileno(), True)
        return begun + (file.readall() if most < 0 else _read(file, most - len(begun)))


def read_stdin() -> bytes:
    """All of standard input.  Raises OSError."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, CLOSED)
    return sys.stdin.buffer.read()


def _open(path: str, flags: int) -> int:
    # To open a pipe would otherwise last until something writes to it.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read(file: FileIO, most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := file.read(min(most, _AT_ONCE))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _await_writer(file: int) -> bytes:
    """Wait until something writes to a pipe; what had to be read of it to tell."""
    import select
    import time

    until = time.monotonic() + _PATIENCE
    waiting = select.poll()
    waiting.register(file, select.POLLIN)
    while not waiting.poll(20):
        try:
            begun = os.read(file, 1)
        except BlockingIOError:
            return b""  # it is open for writing
        if begun:
            return begun
        if time.monotonic() > until:
            raise OSError(errno.EPIPE, NO_WRITER)
    return b""
